/**
 * The losses that a program can allow in `migration.allow`: `drop:notes`, `memory`. `of` is what the text after the colon
 * names; undefined for a loss without a name.
 */
export const allowances = {
    drop: {
        of: "field",
        meaning:
            "the values of a field; `drop:$meta`: the values of the dynamic field; `drop:$meta.<key>`: the values of a dynamic key",
    },
    "drop-partition": { of: "partition", meaning: "a partition and its rows" },
    narrow: { of: "field", meaning: "the precision of a field's values" },
    "null-to-default": { of: "field", meaning: "NULL in a field, which becomes the default" },
    "regenerate-keys": { of: undefined, meaning: "all primary keys, which are regenerated" },
    memory: {
        of: undefined,
        meaning: "no data: both collections may take more memory than `migration.maxMemory`",
    },
    overwrite: {
        of: "field",
        meaning:
            "the values that a retained collection has of a field; another field of the same name replaces them",
    },
    setting: {
        of: "setting",
        meaning:
            "what hangs on the old collection: `setting:external`, `setting:namespaces`, `setting:row-policies`, `setting:snapshots`, or `setting:unknown` for what this release does not know",
    },
} as const satisfies Record<string, { of: string | undefined; meaning: string }>;

export type Allowance = keyof typeof allowances;

/** The text in `migration.allow` that allows a loss. */
export function allowanceText(kind: Allowance, name?: string): string {
    return name === undefined ? kind : `${kind}:${name}`;
}
