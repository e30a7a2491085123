import type { MilvusClient } from "../milvus/transport/client";
import { isMilvusError } from "../milvus/transport/errors";
import { nextPage, PAGE_ROWS } from "../milvus/rows/pages";
import { readPoint } from "../milvus/rows/readPoint";
import { countRows } from "../milvus/rows/rows";
import { columnOf, countLonger, type Key, keyAt, keysOf } from "../wire";
import { estimateReader } from "./reader";
import type { RowStatistics, ObservedCollection, StatisticsQuery } from "./state";

/** Beyond this number of rows, a preview does not read a column, because it would take too long. */
const READ_ROWS = 2_000_000;

/**
 * Runs the statistics queries of a plan. A query has no answer where the collection is not fully loaded or the server cannot
 * count it; the plan then reports what may happen instead of how many rows are affected.
 */
export async function queryStatistics(
    client: MilvusClient,
    source: ObservedCollection,
    queries: readonly StatisticsQuery[],
    /** How many the collection has: counted at the same time. */
    rows: Promise<number>,
): Promise<RowStatistics> {
    const statistics: RowStatistics = {};
    if (source.loadState !== "loaded") return statistics;
    const reading = queries.filter(isRead);
    const counting = queries.filter((query) => !isRead(query));
    const counts = await Promise.all(counting.map((query) => runQuery(client, source, query, rows)));
    // One after the other, because each holds a page of rows.
    for (const query of reading) counts.push(await runQuery(client, source, query, rows));
    for (const [place, { statistic, field }] of [...counting, ...reading].entries()) {
        const count = counts[place];
        if (count !== undefined) (statistics[statistic] ??= {})[field] = count;
    }
    return statistics;
}

/** Milvus filters have no function for the length of text, so the column is read. */
const isRead = ({ statistic }: StatisticsQuery) => statistic === "tooLong";

async function runQuery(
    client: MilvusClient,
    source: ObservedCollection,
    query: StatisticsQuery,
    rows: Promise<number>,
): Promise<number | undefined> {
    const ref = { database: source.database, name: source.name };
    const counted = (filter: string, partitions: string[] = []): Promise<number | undefined> =>
        countRows(client, ref, filter, partitions).catch((error: unknown) => {
            // This server does not know the expression, so it cannot count.
            if (isMilvusError(error, "invalid", "rejected", "unsupported")) return undefined;
            throw error;
        });
    switch (query.statistic) {
        case "nulls":
            return counted(`${query.source} is null`);
        case "held":
            return counted(`${query.source} is not null`);
        case "tooMany":
            return counted(`array_length(${query.source}) > ${query.limit}`);
        case "dynamicKeyCollisions":
            return counted(`exists $meta["${query.source}"]`);
        case "inPartition":
            return counted("", [query.source]);
        case "tooLong":
            return (await rows) > READ_ROWS
                ? undefined
                : countLongerValues(client, source, query.source, query.limit);
    }
}

async function countLongerValues(
    client: MilvusClient,
    source: ObservedCollection,
    field: string,
    limit: number,
): Promise<number | undefined> {
    // The plan reports this number, so the latest writes must be included.
    const reader = await estimateReader(client, source, [field], await readPoint(client));
    if (!reader) return undefined;
    let found = 0;
    let after: Key | undefined;
    for (;;) {
        const page = await nextPage(reader, after === undefined ? {} : { after }, PAGE_ROWS);
        if (page.rows === 0) return found;
        found += countLonger(columnOf(page, field), page.rows, limit);
        const keys = keysOf(columnOf(page, reader.key));
        after = keyAt(keys, keys.count - 1);
    }
}
