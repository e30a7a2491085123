import { sendInsert } from "../milvus/inserts";
import { countRows } from "../milvus/rows";
import { accountForDuplicates } from "./account";
import type { PageSource } from "../milvus/pages";
import {
    type Column,
    compileColumns,
    insertRequests,
    keyAt,
    type Keys,
    type MapPage,
    type Page,
    WireError,
} from "../milvus/wire";
import type { PartitionMapping, RowMapping } from "../plan/mapping";
import { transformColumns, wireColumns } from "./columns";
import { RunError } from "./error";
import type { Report } from "./report";
import { readRange } from "./readRange";
import type { Range } from "./ranges";
import { rangesOf, shareRanges } from "./share";
import { loadTransform } from "./transform";
import { readSource, type Side, ways, workersOn } from "./sides";

export interface Copy {
    source: Side;
    target: Side;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** Bytes that one insert carries at most. */
    batchBytes: number;
    report: Report;
}

/**
 * Copies every row of the source: some ranges of keys at once, each in the order of its keys; while a page is inserted
 * the next one is read. The values stay as they lie on the wire. Returns the rows copied, duplicates of a key once, and
 * the ranges that they were read in.
 */
export async function copyRows(copy: Copy): Promise<{ rows: number; ranges: readonly Range[] }> {
    const map = await mapperOf(copy.mapping);
    const source = await readSource(copy.source, copy.mapping, copy.mapping.transform !== undefined);
    const { ranges, counted } = await rangesOf(source, copy.mapping.key.dataType, ways(copy.partitions));
    const workers = await workersOn(copy.source.client);
    let rows = 0;
    await shareRanges(ranges, workers, async (range, stopped) => {
        const { partition } = range;
        for await (const { page, keys } of readRange(
            { ...source, partition },
            range,
            copy.batchBytes / workers,
        )) {
            if (stopped()) return;
            await insertPage(copy, map, partition, page, keys);
            rows += page.rows;
            copy.report.progress({ step: "copy", done: rows, total: counted });
        }
    });
    await explainShortfall(copy, source, rows);
    return { rows, ranges: ranges.all };
}

type Mapper = (page: Page, keys: Keys) => Promise<Column[]>;

/** Maps a page on the wire, and lets the program's transform make what it makes. */
async function mapperOf(mapping: RowMapping): Promise<Mapper> {
    const map = compileColumns(wireColumns(mapping));
    if (!mapping.transform) return (page, keys) => Promise.resolve(mapPage(map, page, keys));
    const transform = await loadTransform({ ...mapping.transform, columns: transformColumns(mapping) });
    return async (page, keys) => [...mapPage(map, page, keys), ...(await transform(page))];
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

async function insertPage(
    { target, batchBytes }: Copy,
    map: Mapper,
    partition: string | undefined,
    page: Page,
    keys: Keys,
): Promise<void> {
    const { client, ref } = target;
    const columns = await map(page, keys);
    const to = {
        dbName: ref.database ?? client.database,
        collectionName: ref.name,
        ...(partition !== undefined && { partitionName: partition }),
    };
    for (const batch of insertRequests(to, columns, page.rows, batchBytes))
        await sendInsert(client, ref.name, batch.request, batch.to - batch.from);
}

/** A row that cannot become one of the target is named by its key. */
function mapPage(map: MapPage, page: Page, keys: Keys): Column[] {
    try {
        return map(page);
    } catch (error) {
        if (!(error instanceof WireError)) throw error;
        const { problem } = error;
        if (problem.kind === "null-refused")
            throw misfit(
                problem,
                keys,
                "NULL, and the new schema does not take it. Give the field a backfill, or keep it nullable",
            );
        if (problem.kind === "does-not-fit")
            throw misfit(
                problem,
                keys,
                `${problem.value}, and the new schema needs ${problem.wanted}. Change the row, or the schema`,
            );
        throw error;
    }
}

function misfit({ column, row }: { column: string; row: number }, keys: Keys, holds: string): RunError {
    const key = keyAt(keys, row);
    const shown = typeof key === "bigint" ? String(key) : JSON.stringify(key);
    return new RunError("MV309", `${column}: the row with the key ${shown} holds ${holds}`);
}
