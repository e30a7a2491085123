import { createHash } from "node:crypto";

import type { Collection, Field } from "../../inputs/schema/collection";
import type { ObservedCollection } from "../../observe/state";

/** The hash of the backfill of a field: an interrupted run has to go on with the same value. */
export function backfillHash({ backfill }: Pick<Field, "backfill">): string {
    const text = JSON.stringify(backfill ?? null, (_key, value: unknown) =>
        typeof value === "bigint" ? `${value}n` : value,
    );
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Whether an interrupted run began to fill the field, and the program still has a value for the other rows. */
export function isUnfilled(
    { name, backfill }: Pick<Field, "name" | "backfill">,
    { unfilled = [] }: Pick<ObservedCollection, "unfilled">,
): boolean {
    return backfill !== undefined && backfill !== null && unfilled.some(({ field }) => field === name);
}

/**
 * The deployed declaration without the fields that are not filled: the plan adds them once more, which fills the rest. A
 * program without them drops them, as every field that it does not have.
 */
export function withoutUnfilled(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection | undefined,
): Collection {
    if (!source?.unfilled) return deployed;
    const open = target.fields.filter((field) => isUnfilled(field, source)).map(({ name }) => name);
    return { ...deployed, fields: deployed.fields.filter(({ name }) => !open.includes(name)) };
}
