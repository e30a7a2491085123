import { requestLoad } from "../../milvus/collection/loading";
import { eventually } from "../../milvus/rows/readPoint";
import { countRows, requestFlush } from "../../milvus/rows/rows";
import type { Collection } from "../../inputs/schema/collection";
import type { Endpoint } from "../read/endpoint";
import type { Report } from "../report";
import { buildIndexes, requestIndexes } from "./indexAndLoad";

/**
 * Milvus builds no index of a segment with fewer rows (indexCoord.segment.minSegmentNumRowsToEnableIndex, 1,024 by
 * default). So few rows take the same memory whether they are loaded before or after they are stored.
 */
const UNINDEXED_ROWS = 1_024;

/**
 * Requests the indexes and the load of a copy that is empty yet, if it will be small: Milvus looks at a load once a second, and
 * takes 2.5 to 4.5 s for one of any size (2.3.5, measured). A larger copy would be in memory twice, as what is inserted and
 * as what is stored.
 */
export async function loadEarly(
    source: Endpoint,
    { client, capabilities, ref }: Endpoint,
    spec: Pick<Collection, "fields" | "indexes" | "load">,
): Promise<void> {
    // milvus-lite answers a load when it is done.
    if (capabilities.lite || !spec.load) return;
    // An estimate: a count that is off makes the load early or late, and changes nothing else.
    const rows = await countRows(source.client, source.ref, "", [], eventually);
    if (rows >= UNINDEXED_ROWS) return;
    await requestIndexes(client, ref, spec);
    await requestLoad(client, ref, spec.load);
}

/**
 * Stores the rows of a copy and builds its indexes. Returns how to wait until the rows are stored: a small copy is loaded and
 * verified meanwhile, and no rule of that needs stored rows. Indexes are built of what is stored, so a larger copy waits here.
 */
export async function storeAndIndex(
    { client, ref }: Endpoint,
    spec: Collection,
    rows: number,
    report: Report,
): Promise<() => Promise<void>> {
    const untilStored = await requestFlush(client, ref);
    const isSmall = rows < UNINDEXED_ROWS;
    if (!isSmall) await untilStored();
    await buildIndexes(client, ref, spec, report);
    return isSmall ? untilStored : () => Promise.resolve();
}
