import type { Update } from "./update";

type UpdateOf<K extends Update["kind"]> = Extract<Update, { kind: K }>;

/** A step in a few words. */
const words = {
    release: () => "release",
    "set-properties": ({ properties }) => `set ${Object.keys(properties).join(", ")}`,
    "delete-properties": ({ keys }) => `delete ${keys.join(", ")}`,
    "alter-description": () => "set the description",
    "alter-consistency": () => "set the consistency level",
    "create-partition": ({ partition }) => `create partition ${partition}`,
    "drop-index": ({ index }) => `drop index ${index}`,
    "create-index": ({ index }) => `build index ${index.name}`,
    "drop-partition": ({ partition }) => `drop partition ${partition}`,
    load: () => "load",
} satisfies { [K in Update["kind"]]: (update: UpdateOf<K>) => string };

export function updateText(update: Update): string {
    return (words[update.kind] as (update: Update) => string)(update);
}
