/**
 * The losses that a program can allow by name, in `migration.allow`: `drop:notes`, `memory`. `of` is what stands after
 * the colon; undefined for a loss that there is once.
 */
export const allowances = {
    drop: {
        of: "field",
        meaning:
            "the values of a field go; `drop:$meta`: those of the dynamic field; `drop:$meta.<key>`: of a key in it",
    },
    "drop-partition": { of: "partition", meaning: "a partition goes with its rows" },
    narrow: { of: "field", meaning: "the values of a field lose precision" },
    "null-to-default": { of: "field", meaning: "NULL in a field turns into its default" },
    "regenerate-keys": { of: undefined, meaning: "every row gets a new primary key" },
    memory: { of: undefined, meaning: "both copies together take more memory than `migration.maxMemory`" },
} as const satisfies Record<string, { of: string | undefined; meaning: string }>;

export type Allowance = keyof typeof allowances;

/** What a program writes to allow a loss. */
export function allowanceText(kind: Allowance, name?: string): string {
    return name === undefined ? kind : `${kind}:${name}`;
}
