import { describeCollection, type CollectionRef } from "../../milvus/collection/collections";
import { describeIndexes } from "../../milvus/collection/indexes";
import type { PageSource } from "../../milvus/rows/pages";
import { type ReadPoint, readPoint } from "../../milvus/rows/readPoint";
import type { MilvusClient } from "../../milvus/transport/client";
import { lineBreaksOf } from "../../observe/reader";
import type { Endpoint } from "../read/endpoint";
import type { Asked } from "./passGate";

/** A collection that a gate searches. */
export interface GateEnd {
    client: MilvusClient;
    ref: CollectionRef;
    /** Reads its rows by key; the fields are the caller's. */
    reader: Omit<PageSource, "partition">;
    /** The metric of each field's index, as the server has it. */
    metrics: ReadonlyMap<string, string | undefined>;
    /** All searches see the same rows, and none waits for later writes, so that their times can be compared. */
    readPoint: ReadPoint;
}

export interface GateEnds {
    now: GateEnd;
    /** Undefined where clients do not search the old collection, because it is not loaded. */
    old: (GateEnd & { hasSameKeys: boolean }) | undefined;
}

export async function gateEnds({
    migration,
    old,
    shadow,
}: Pick<Asked, "migration" | "old" | "shadow">): Promise<GateEnds> {
    const { mapping, source } = migration;
    const now = await gateEnd(shadow, mapping.key.to);
    // It was loaded to read its rows, perhaps with a temporary index: its searches would tell nothing.
    if (source.observed.loadState !== "loaded") return { now, old: undefined };
    const before = await gateEnd(old, mapping.key.from);
    return { now, old: { ...before, hasSameKeys: !mapping.key.regenerate } };
}

async function gateEnd({ client, ref, capabilities }: Endpoint, key: string): Promise<GateEnd> {
    const [described, indexes, point] = await Promise.all([
        describeCollection(client, ref),
        describeIndexes(client, ref),
        readPoint(client),
    ]);
    return {
        client,
        ref,
        metrics: new Map(indexes.map(({ field, metricType }) => [field, metricType])),
        readPoint: point,
        reader: {
            client,
            ref,
            collectionId: described?.collectionId,
            fields: [key],
            key,
            readPoint: point,
            learned: {},
            lineBreaks: lineBreaksOf(capabilities),
        },
    };
}
