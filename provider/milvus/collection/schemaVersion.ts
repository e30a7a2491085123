import type { MilvusClient } from "../transport/client";
import { absent, at, type CollectionRef } from "./collections";

/** How many segments of a collection have the current version of its schema. */
export interface SchemaProgress {
    consistent: number;
    total: number;
}

/**
 * Undefined where the schema has never changed, or the server does not tell (before 3.0). Source: GetCollectionStatistics,
 * internal/datacoord and rootcoord/ddl_callbacks_alter_collection_schema.go (3.0).
 */
export async function schemaProgress(
    client: MilvusClient,
    ref: CollectionRef,
): Promise<SchemaProgress | undefined> {
    const answer = await client
        .call("GetCollectionStatistics", at(ref), { about: ref.name })
        .catch((error: unknown) => absent(error));
    const stats = (answer?.stats ?? []) as { key: string; value: string }[];
    const count = (key: string): number => Number(stats.find((one) => one.key === key)?.value ?? NaN);
    const consistent = count("schema_version_consistent_segments");
    const total = count("schema_version_total_segments");
    return Number.isInteger(consistent) && Number.isInteger(total) ? { consistent, total } : undefined;
}

export const isBehind = (progress: SchemaProgress | undefined): progress is SchemaProgress =>
    progress !== undefined && progress.consistent < progress.total;
