import type { Update } from "../strategy/update";

type UpdateOf<K extends Update["kind"]> = Extract<Update, { kind: K }>;

function paramsText({ properties, deletes = [] }: Pick<UpdateOf<"alter-index">, "properties" | "deletes">) {
    const set = Object.keys(properties);
    return [
        ...(set.length > 0 ? [`set ${set.join(", ")}`] : []),
        ...(deletes.length > 0 ? [`delete ${deletes.join(", ")}`] : []),
    ].join(" and ");
}

/** Each step in a few words. */
const words = {
    "add-field": ({ field }) => `add field ${field.name}`,
    backfill: ({ fields }) => `fill ${fields.map(({ name }) => name).join(", ")} in every row`,
    "enable-dynamic-field": () => "turn on the dynamic field",
    "alter-field": ({ field, ...params }) => `${paramsText(params)} of ${field}`,
    "alter-index": ({ index, ...params }) => `${paramsText(params)} of index ${index}`,
    "add-function": ({ function: f, field }) => `add function ${f.name} with ${field.name}`,
    "alter-function": ({ function: f }) => `set parameters of function ${f.name}`,
    "set-properties": ({ properties }) => `set ${Object.keys(properties).join(", ")}`,
    "delete-properties": ({ keys }) => `delete ${keys.join(", ")}`,
    "alter-description": () => "set the description",
    "alter-consistency": () => "set the consistency level",
    "create-partition": ({ partition }) => `create partition ${partition}`,
    release: () => "release",
    "drop-index": ({ index }) => `drop index ${index}`,
    "create-index": ({ index }) => `build index ${index.name}`,
    load: () => "load",
    refresh: () => "load what is new",
    "drop-partition": ({ partition }) => `drop partition ${partition}`,
    "drop-function": ({ function: name }) => `drop function ${name}`,
    "drop-field": ({ field }) => `drop field ${field}`,
    rename: ({ to }) => `rename to ${to ?? "its own name"}`,
} satisfies { [K in Update["kind"]]: (update: UpdateOf<K>) => string };

export function updateText(update: Update): string {
    return (words[update.kind] as (update: Update) => string)(update);
}
