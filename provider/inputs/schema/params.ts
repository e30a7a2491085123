import { z } from "zod";

type Json = z.infer<ReturnType<typeof z.json>>;

/** Parameters of an index or a function: a server keeps them as text, so `16` and `"16"` mean the same. */
export const Params = z.record(
    z.string(),
    z.json().transform((value): Json => (typeof value === "string" ? plain(value) : value)),
);

/** Properties as Milvus spells them (`collection.ttl.seconds`); their values are text on the server. */
export const Properties = z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean()]).transform(String),
);

function plain(text: string): string | number | boolean {
    if (text === "true" || text === "false") return text === "true";
    // Fifteen digits are what a number holds exactly; anything else stays as it was written.
    return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.length <= 15 ? Number(text) : text;
}
