import type { MilvusClient } from "../../milvus/client";
import { answer } from "../../observe/facts";
import { observeRows } from "../../observe/rows";
import { estimate, sampleRows } from "../../observe/sample";
import type { Capabilities, Estimate, Facts, ObservedCollection } from "../../observe/state";
import { questionsOf } from "../../plan/mapping/questions";
import type { Collection } from "../../inputs/collection";

/** What a plan goes by, as far as the server told it. */
export interface Seen {
    capabilities: Capabilities;
    source: ObservedCollection;
    rows: number;
    bytes: number;
    facts: Facts;
    estimate: Estimate;
}

/** Looks at the rows of a collection that is to change: how many, how large, how fast they are read, which do not fit. */
export async function survey(
    client: MilvusClient,
    source: ObservedCollection,
    deployed: Collection,
    target: Collection,
): Promise<Pick<Seen, "source" | "facts"> & Partial<Seen>> {
    const rows = await observeRows(client, source);
    // The books of a collection that is not loaded do not hold the latest rows: none there is no answer.
    if (rows === 0 && source.loadState !== "loaded") return { source, facts: {} };
    const facts = await answer(client, source, questionsOf(deployed, target, source), rows);
    const sample = await sampleRows(client, source);
    if (!sample) return { source, rows, facts };
    return {
        source,
        rows,
        facts,
        bytes: Math.round(rows * sample.bytesPerRow),
        estimate: estimate(sample, rows, target.migration.verify),
    };
}
