import { sendInsert } from "../milvus/inserts";
import { countRows } from "../milvus/rows";
import { accountForDuplicates } from "./account";
import { nextPage, PAGE_ROWS, type PageSource } from "../milvus/pages";
import {
    columnOf,
    compileColumns,
    insertRequests,
    keyAt,
    type Keys,
    keysOf,
    type MapPage,
    type Page,
    WireError,
} from "../milvus/wire";
import type { PartitionMapping, RowMapping } from "../plan/mapping";
import { wireColumns } from "./columns";
import { RunError } from "./error";
import type { Report } from "./report";
import { readSource, type Side, ways } from "./sides";

export interface Copy {
    source: Side;
    target: Side;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** Rows of the source, for the progress. */
    rows: number;
    /** Bytes that one insert carries at most. */
    batchBytes: number;
    report: Report;
}

/**
 * Copies every row of the source, in the order of the keys: while a page is inserted the next one is read. The values
 * stay as they lie on the wire. Returns the rows copied, duplicates of a key once.
 */
export async function copyRows(copy: Copy): Promise<number> {
    const map = compileColumns(wireColumns(copy.mapping));
    const source = await readSource(copy.source, copy.mapping);
    let done = 0;
    for (const partition of ways(copy.partitions)) {
        for await (const { page, keys } of pages({ ...source, partition }, copy.batchBytes)) {
            await insertPage(copy, map, partition, page, keys);
            done += page.rows;
            copy.report.progress({ step: "copy", done, total: copy.rows });
        }
    }
    await explainShortfall(copy, source, done);
    return done;
}

/** A source that counts more than could be read is not dropped on faith. Milvus counts what is loaded: it is, here. */
async function explainShortfall(
    { source, partitions, report }: Copy,
    reader: Omit<PageSource, "partition">,
    copied: number,
): Promise<void> {
    let counted = 0;
    for (const partition of ways(partitions))
        counted += await countRows(source.client, source.ref, "", partition === undefined ? [] : [partition]);
    if (counted <= copied) return;
    report.say(
        `${source.ref.name} counts ${counted} rows and answers ${copied}; looking for keys that are there twice`,
    );
    let duplicates = 0;
    for (const partition of ways(partitions))
        duplicates += await accountForDuplicates({ ...reader, partition });
    report.say(
        `${duplicates} rows are older versions of a key, which no query answers; what queries answer was copied`,
    );
}

/** The pages of one way, read one ahead of the consumer; as many rows a page as `bytes` hold. */
async function* pages(source: PageSource, bytes: number): AsyncGenerator<{ page: Page; keys: Keys }> {
    // Before the first answer nobody knows how large a row is; a small page tells.
    let limit = 512;
    let next = nextPage(source, {}, limit);
    try {
        for (;;) {
            const page = await next;
            if (page.rows === 0) return;
            const keys = keysOf(columnOf(page, source.key));
            limit = rowsPerPage(page, bytes);
            next = nextPage(source, { after: keyAt(keys, keys.count - 1) }, limit);
            // A page that is read ahead may fail while the consumer does something else, or has given up.
            next.catch(() => undefined);
            yield { page, keys };
        }
    } finally {
        await next.catch(() => undefined);
    }
}

export function rowsPerPage(page: Page, bytes: number): number {
    const size = page.columns.reduce((total, column) => total + column.bytes.length, 0);
    return Math.max(1, Math.min(PAGE_ROWS, Math.floor((bytes * page.rows) / Math.max(1, size))));
}

async function insertPage(
    { target, batchBytes }: Copy,
    map: MapPage,
    partition: string | undefined,
    page: Page,
    keys: Keys,
): Promise<void> {
    const { client, ref } = target;
    const columns = mapPage(map, page, keys);
    const to = {
        dbName: ref.database ?? client.database,
        collectionName: ref.name,
        ...(partition !== undefined && { partitionName: partition }),
    };
    for (const batch of insertRequests(to, columns, page.rows, batchBytes))
        await sendInsert(client, ref.name, batch.request, batch.to - batch.from);
}

/** A row that cannot become one of the target is named by its key. */
function mapPage(map: MapPage, page: Page, keys: Keys): ReturnType<MapPage> {
    try {
        return map(page);
    } catch (error) {
        if (!(error instanceof WireError) || error.problem.kind !== "null-refused") throw error;
        const { column, row } = error.problem;
        throw new RunError(
            "MV309",
            `${column}: the row with the key ${JSON.stringify(keyAt(keys, row), (_, key: unknown) => (typeof key === "bigint" ? String(key) : key))} ` +
                "holds NULL, and the new schema does not take it. Give the field a backfill, or keep it nullable",
        );
    }
}
