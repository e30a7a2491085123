import { countText, rowsText } from "../../inputs/report/figures";
import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { type DescribedIndex, waitForIndex, waitForIndexes } from "../../milvus/collection/indexes";
import { isBehind, schemaProgress } from "../../milvus/collection/schemaVersion";
import { STALLED_MS } from "../../milvus/transport/poll";
import { capabilities } from "../../observe/capabilities";
import type { Report } from "../report";

/** How long to wait for progress of an index that the server may never report as built. */
const UNLIKELY_MS = 60_000;

/**
 * Waits for one index of a collection that serves or is about to. Where the server may never report it as built, the wait
 * ends with a notice, and the server goes on building: an index on an added field stays InProgress until every row has a value,
 * and with a function every build waits for segments behind the version of the schema (3.0, issue 51768).
 */
export async function awaitIndex(
    client: MilvusClient,
    ref: CollectionRef,
    index: { field: string; name: string; isNew?: boolean | undefined },
    report: Report,
): Promise<void> {
    const progress = (done: number, total: number) => report.progress({ step: "index", done, total });
    const { schemaVersions } = await capabilities(client);
    const isNew = index.isNew ?? false;
    if (!schemaVersions && !isNew) return waitForIndexes(client, ref, progress, index.field);
    const isLagging = schemaVersions && isBehind(await schemaProgress(client, ref));
    const patience = () => (isNew || isLagging ? UNLIKELY_MS : STALLED_MS);
    const open = await waitForIndex(client, ref, index, progress, patience);
    if (open) report.say(`warning: ${notice(open, ref, isLagging)}`);
}

function notice(
    { field, name, indexedRows, totalRows }: DescribedIndex,
    { name: collection }: CollectionRef,
    isLagging: boolean,
): string {
    const reason = isLagging
        ? "The build waits for segments that do not have the current schema; GetCollectionStatistics counts them as schema_version_consistent_segments of schema_version_total_segments"
        : "The server may report it so until every row has a value in the field";
    return (
        `the server has not finished index ${name} on ${field} (${countText(indexedRows)} of ${rowsText(totalRows)}) and goes on building it. ` +
        `Searches in ${field} read what is not indexed without the index: they are complete, but slower. ${reason}. ` +
        `To look: describe_index("${collection}", "${name}") of pymilvus [MV366]`
    );
}
