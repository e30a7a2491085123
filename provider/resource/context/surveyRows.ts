import { graceOf } from "../../observe/grace";
import { listAttachments } from "../../milvus/collection/attachments";
import type { MilvusClient } from "../../milvus/transport/client";
import { queryStatistics } from "../../observe/rowStatistics";
import { observeRows } from "../../observe/rows";
import { estimate, sampleRows } from "../../observe/sample";
import type { Capabilities, Estimate, RowStatistics, ObservedCollection } from "../../observe/state";
import { statisticsQueries } from "../../plan/mapping/statisticsQueries";
import type { Collection } from "../../inputs/schema/collection";

/** What a plan goes by, as far as the server told it. */
export interface RowSurvey {
    capabilities: Capabilities;
    source: ObservedCollection;
    rows: number;
    bytes: number;
    statistics: RowStatistics;
    estimate: Estimate;
}

/** Looks at the rows of a collection that is to change: how many, how large, how fast they are read, which do not fit. */
export async function surveyRows(
    { client, capabilities }: { client: MilvusClient; capabilities: Pick<Capabilities, "lite"> },
    observed: ObservedCollection,
    deployed: Collection,
    target: Collection,
): Promise<Pick<RowSurvey, "source" | "statistics"> & Partial<RowSurvey>> {
    const source = await withAttachments(client, observed);
    // Milvus answers a strong count only after 200 ms, whatever it counts.
    const counting = observeRows(client, source);
    const queries = statisticsQueries(deployed, target, source);
    const [rows, statistics] = await Promise.all([
        counting,
        queryStatistics(client, source, queries, counting),
    ]);
    // The books of a collection that is not loaded do not hold the latest rows: none there is no answer.
    if (rows === 0 && source.loadState !== "loaded") return { source, statistics: {} };
    const sample = await sampleRows(client, source);
    if (!sample) return { source, rows, statistics };
    const grace = await graceOf({ client, capabilities }, target.migration.grace);
    return {
        source,
        rows,
        statistics,
        bytes: Math.round(rows * sample.bytesPerRow),
        estimate: estimate(sample, rows, { ...target.migration, grace }, capabilities),
    };
}

/** What hangs on the collection and goes with it: it is asked only where a plan may drop the collection. */
async function withAttachments(
    client: MilvusClient,
    observed: ObservedCollection,
): Promise<ObservedCollection> {
    const { unmodelled = { isExternal: false, hasNamespaces: false, unknown: [] } } = observed;
    const attached = await listAttachments(client, { database: observed.database, name: observed.name });
    return { ...observed, unmodelled: { ...unmodelled, ...attached } };
}
