import { nextPage, PAGE_ROWS } from "../../milvus/rows/pages";
import { columnOf, type Key, keyAt, keysOf, selectRows } from "../../wire";
import type { RowMapping } from "../../plan/mapping/mapping";
import type { Position } from "../properties/checkpoint";
import { boundsOf, type KeyedPage } from "../read/readRange";
import { readTarget, type Endpoint } from "../read/endpoint";

/** Keys in the copy beyond its checkpoint, by partition. */
export type SentKeys = ReadonlyMap<string | undefined, ReadonlySet<Key>>;

/**
 * The keys that an interrupted run sent after its last checkpoint: the rows of a few seconds in each range. A server
 * may hold only a part of the last batch, so each key is checked.
 */
export async function keysBeyondCheckpoint(
    { target, mapping }: { target: Endpoint; mapping: RowMapping },
    positions: readonly Position[],
): Promise<SentKeys> {
    const sent = new Map<string | undefined, Set<Key>>();
    const source = { ...(await readTarget(target, mapping)), fields: [mapping.key.to] };
    for (const position of positions) {
        if (position.done) continue;
        const { partition, upTo } = position;
        const keys = sent.get(partition) ?? new Set<Key>();
        sent.set(partition, keys);
        for (let after = position.copied; ;) {
            const page = await nextPage({ ...source, partition }, boundsOf({ after, upTo }), PAGE_ROWS);
            if (page.rows === 0) break;
            const own = keysOf(columnOf(page, source.key));
            for (let row = 0; row < own.count; row++) keys.add(keyAt(own, row));
            after = keyAt(own, own.count - 1);
        }
    }
    return sent;
}

/** The rows of a page that are not in the copy yet; undefined if all are. `key` is the key's name in the source. */
export function unsent(
    read: KeyedPage,
    key: string,
    sent: ReadonlySet<Key> | undefined,
): KeyedPage | undefined {
    if (!sent || sent.size === 0) return read;
    const { page, keys } = read;
    const rows: number[] = [];
    for (let row = 0; row < page.rows; row++) if (!sent.has(keyAt(keys, row))) rows.push(row);
    if (rows.length === 0) return undefined;
    if (rows.length === page.rows) return read;
    const columns = selectRows(page.columns, rows);
    return { page: { ...page, columns, rows: rows.length }, keys: keysOf(columnOf({ columns }, key)) };
}
