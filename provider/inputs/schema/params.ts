import { z } from "zod";

type Json = z.infer<ReturnType<typeof z.json>>;

/** Parameters of an index or a function. A server stores them as text, so `16` and `"16"` are equal. */
export const Params = z.record(
    z.string(),
    z.json().transform((value): Json => (typeof value === "string" ? plain(value) : value)),
);

/** Properties as Milvus spells them (`collection.ttl.seconds`). Their values are text on the server. */
export const Properties = z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean()]).transform(String),
);

function plain(text: string): string | number | boolean {
    if (text === "true" || text === "false") return text === "true";
    // A number holds fifteen digits exactly; longer text stays text.
    return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.length <= 15 ? Number(text) : text;
}
