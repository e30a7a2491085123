import { type PageSource, rowsOfKeys } from "../../milvus/rows/pages";
import type { GatedField } from "../../plan/mapping/gatedFields";
import { columnOf, floatsOf, type Key, keyAt, keysOf, vectorRows, type WireValue } from "../../wire";
import { pagesOf } from "./exactSearch";
import type { Query } from "./query";
import { Reservoir } from "./sampling";

/** Rows whose vectors one call reads. */
const ROWS_AT_ONCE = 200;

export interface Sampling {
    /** The new collection, without fields. */
    target: Omit<PageSource, "partition">;
    /** The old collection; undefined where its rows have other keys, or it is not loaded. */
    source: Omit<PageSource, "partition"> | undefined;
    fields: readonly GatedField[];
    count: number;
    topK: number;
    searchParams: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    confirm: () => Promise<void>;
}

/**
 * Queries of rows of the new collection, chosen evenly: the keys of all rows are read once for it. Where a field has
 * vectors of another space than before, the old collection is asked with the old vector of the same row.
 */
export async function sampleQueries(sampling: Sampling): Promise<Query[]> {
    const { target, source, fields, count, topK, searchParams, confirm } = sampling;
    const keys = await sampleKeys(target, count, confirm);
    const now = await vectorsOfKeys(target, keys, fields);
    const changed = fields.flatMap(({ old, isSameSpace }) => (old && !isSameSpace ? [old] : []));
    const before = source && changed.length > 0 ? await vectorsOfKeys(source, keys, changed) : undefined;
    return fields.flatMap(({ field, old, isSameSpace }) =>
        keys.flatMap((own): Query[] => {
            const input = now.get(field)!.get(own);
            if (input === undefined) return [];
            const oldInput = old && !isSameSpace ? before?.get(old.field)?.get(own) : undefined;
            return [
                {
                    field,
                    input,
                    ...(oldInput !== undefined && { oldInput }),
                    filter: "",
                    topK,
                    params: searchParams[field] ?? {},
                    own,
                },
            ];
        }),
    );
}

async function sampleKeys(
    source: Omit<PageSource, "partition">,
    count: number,
    confirm: () => Promise<void>,
): Promise<Key[]> {
    const sample = new Reservoir<Key>(count);
    for await (const page of pagesOf({ ...source, fields: [source.key] })) {
        await confirm();
        const keys = keysOf(columnOf(page, source.key));
        sample.offer(keys.count, (row) => keyAt(keys, row));
    }
    return sample.chosen;
}

/** The vectors of rows by field and key; a NULL has none. */
async function vectorsOfKeys(
    source: Omit<PageSource, "partition">,
    keys: readonly Key[],
    fields: readonly { field: string; dataType: string; dim: number | undefined }[],
): Promise<Map<string, Map<Key, WireValue>>> {
    const vectors = new Map(fields.map(({ field }) => [field, new Map<Key, WireValue>()]));
    const reader = { ...source, partition: undefined, fields: [source.key, ...vectors.keys()] };
    for (let from = 0; from < keys.length; from += ROWS_AT_ONCE)
        for (const page of await rowsOfKeys(reader, keys.slice(from, from + ROWS_AT_ONCE))) {
            if (page.rows === 0) continue;
            const found = keysOf(columnOf(page, source.key));
            for (const { field, dataType } of fields) {
                const { body, slots, slotOfRow } = vectorRows(columnOf(page, field), page.rows);
                slotOfRow.forEach((slot, row) => {
                    if (slot < 0) return;
                    const bytes = body.subarray(slots.starts[slot], slots.ends[slot]);
                    vectors.get(field)!.set(keyAt(found, row), valueOf(bytes, dataType));
                });
            }
        }
    return vectors;
}

/** Numbers, which fit every dense type; binary and sparse vectors stay bytes. A copy, because a view would keep its page. */
function valueOf(bytes: Uint8Array, dataType: string): WireValue {
    return dataType === "BinaryVector" || dataType === "SparseFloatVector"
        ? new Uint8Array(bytes)
        : Array.from(floatsOf(bytes, dataType));
}
