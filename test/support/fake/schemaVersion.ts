/**
 * Segments have the version of the schema that they were written with. A change of the schema raises the collection's version,
 * and only a compaction (`bumpSchemaVersion`, off by default) brings older segments to it. Source: milvus issue 51768;
 * rootcoord/ddl_callbacks_alter_collection_schema.go and internal/datacoord, GetCollectionStatistics (3.0).
 */
import type { Call } from "./call";
import type { Collection } from "./catalog";
import { demand } from "./refusal";
import { rules } from "./rules";

export function raiseSchemaVersion(collection: Collection, call: Call): void {
    collection.changed = call.catalog.now();
    if (!rules.schemaVersions(call.version)) return;
    collection.schemaVersion++;
    collection.schemaPending = call.pending;
}

/**
 * A client may say which schema it knows, by the time of the last change. Source: insertTask and upsertTask in internal/proxy;
 * milvus issues 41858 and 50409.
 */
export function checkKnownSchema(collection: Collection, known: string | undefined, { version }: Call): void {
    if (known === undefined || known === "0" || !rules.checksSchema(version)) return;
    demand(
        BigInt(known) === collection.changed,
        "schemaMismatch",
        `collection schema mismatch[collection=${collection.name}]`,
    );
}

/** What every insert has written counts as one segment. */
export function segmentsOf(
    collection: Collection,
    { storageV3 }: Call,
): { consistent: number; total: number } {
    if (storageV3 && collection.schemaPending-- <= 0)
        for (const row of collection.rows) row.schemaVersion = collection.schemaVersion;
    const segments = new Map(collection.rows.map((row) => [row.written, row.schemaVersion]));
    const versions = [...segments.values()];
    return {
        consistent: versions.filter((version) => version === collection.schemaVersion).length,
        total: versions.length,
    };
}

/**
 * Whether a build can end: with any function it waits for segments behind the version of the schema, and one on an added field
 * for a value in every row, replaced ones included, which only a compaction removes. Source: milvus issue 51768 (3.0.0).
 */
export function canBuild(collection: Collection, field: string, call: Call): boolean {
    if (!rules.schemaVersions(call.version)) return true;
    const { functions, fields } = collection.schema;
    const { consistent, total } = segmentsOf(collection, call);
    if (functions.length > 0 && consistent < total) return false;
    const on = fields.find(({ name }) => name === field);
    if (on === undefined || on.is_function_output || !collection.added.has(on.fieldID)) return true;
    return collection.rows.every((row) => (row.cells.get(on.fieldID) ?? null) !== null);
}
