import { type Call, collectionOf } from "../call";
import { type Collection, primaryKey, type Row } from "../catalog";
import { compileFilter } from "../filter/evaluate";
import { type InsertRequest, rowsOf } from "../insertion";
import { type KeyValue, type Named, record } from "../messages";
import { checkSize, checkWindow } from "../answerLimits";
import { rowsToMerge } from "../partialUpsert";
import { sizeOf } from "../proto";
import { columnsOf, inKeyOrder } from "../reading";
import { demand } from "../refusal";
import { rules } from "../rules";
import { staleCollection } from "../staleNames";
import { checkKnownSchema, segmentsOf } from "../schemaVersion";
import { zoneOf } from "../timestamps";

/** An existing key is then stored twice; a query returns the newer row. */
export function insert(request: InsertRequest, call: Call): object {
    const collection = collectionOf(request, call);
    checkKnownSchema(collection, request.schema_timestamp, call);
    const rows = rowsOf(collection, request, call.catalog, call.version);
    collection.rows.push(...rows);
    return { ...inserted(collection, rows), insert_cnt: String(rows.length) };
}

export function upsert(request: InsertRequest, call: Call): object {
    const collection = collectionOf(request, call);
    checkKnownSchema(collection, request.schema_timestamp, call);
    const isPartial = request.partial_update === true && rules.partialUpsert(call.version);
    const key = primaryKey(collection);
    if (isPartial) requireLoaded(collection);
    const rows = rowsOf(
        collection,
        request,
        call.catalog,
        call.version,
        isPartial
            ? (keys) => rowsToMerge(collection, keys, request.partition_name || "_default", call)
            : undefined,
    );
    const { fieldID } = key;
    const keys = new Set(rows.map((row) => row.cells.get(fieldID)));
    demand(
        keys.size === rows.length || !rules.refusesDuplicatesInUpsert(call.version),
        "invalid",
        "duplicate primary keys are not allowed in the same batch",
    );
    const isRouted = collection.schema.fields.some((field) => field.is_partition_key);
    for (const row of collection.rows)
        if (keys.has(row.cells.get(fieldID)) && (isRouted || row.partition === rows[0]!.partition))
            row.deleted ??= rows[0]!.written;
    collection.rows.push(...rows);
    return { ...inserted(collection, rows), upsert_cnt: String(rows.length) };
}

function inserted(collection: Collection, rows: Row[]): object {
    const key = primaryKey(collection);
    const data = rows.map((row) => row.cells.get(key.fieldID));
    const IDs = key.data_type === "Int64" ? { int_id: { data } } : { str_id: { data } };
    return { IDs, succ_index: rows.map((_, at) => at), timestamp: "1" };
}

export function remove(request: Named & { expr: string; partition_name: string }, call: Call): object {
    const collection = collectionOf(request, call);
    requireLoaded(collection);
    demand(request.expr !== "", "invalid", "expr cannot be empty");
    const passes = compileFilter(request.expr, collection);
    const rows = readable(collection, request.partition_name === "" ? [] : [request.partition_name])
        .filter(isThere)
        .filter(passes);
    const now = call.catalog.now();
    for (const row of rows) row.deleted = now;
    return { delete_cnt: String(rows.length), timestamp: "1" };
}

interface QueryRequest extends Named {
    expr: string;
    output_fields: string[];
    partition_names: string[];
    query_params: KeyValue[];
    consistency_level: string;
    guarantee_timestamp: string;
}

/** Source: internal/proxy/task_query.go. */
export function query(request: QueryRequest, call: Call): object {
    const collection = staleCollection(request, call) ?? collectionOf(request, call);
    requireLoaded(collection);
    const { limit, collection_id: pinned, iterator, timezone } = record(request.query_params);
    demand(
        pinned === undefined || pinned === collection.id,
        "invalid",
        `the collection id ${pinned ?? ""} of the request is not that of ${collection.name}; an alias may have moved`,
    );
    const snapshot = iterator === "True" ? snapshotOf(request, call) : undefined;
    const rows = readable(collection, request.partition_names)
        .filter(snapshot === undefined ? seenBy(request) : (row) => isThereAt(row, snapshot))
        .filter(compileFilter(request.expr, collection));
    if (request.output_fields.join() === "count(*)") {
        const count = {
            type: "Int64",
            field_name: "count(*)",
            scalars: { long_data: { data: [String(rows.length)] } },
        };
        return { fields_data: [count], collection_name: collection.name };
    }
    demand(
        request.expr !== "" || limit !== undefined,
        "invalid",
        "empty expression should be used with limit",
    );
    const most = Number(limit ?? call.mostRows);
    checkWindow(most, call);
    const page = inKeyOrder(collection, rows).slice(0, limit === undefined ? most : shortened(most, call));
    const fields_data = columnsOf(collection, request.output_fields, page, zoneOf(collection, timezone));
    checkSize(sizeOf(fields_data), call);
    return {
        fields_data,
        collection_name: collection.name,
        ...(snapshot !== undefined && { session_ts: String(snapshot) }),
        output_fields: request.output_fields,
        primary_field_name: primaryKey(collection).name,
    };
}

/** A page holds one of the duplicates of a key, and no other rows in their place: only an empty page is the last. */
function shortened(most: number, { pageRows }: Call): number {
    return Math.min(most, Math.max(1, pageRows()));
}

/**
 * A query with an explicit timestamp may miss later writes, and here it always does. Source: milvus docs, "Consistency
 * Level".
 */
function seenBy({ consistency_level, guarantee_timestamp }: QueryRequest): (row: Row) => boolean {
    const until = BigInt(guarantee_timestamp);
    return (row) => isThere(row) && (consistency_level !== "Customized" || row.written <= until);
}

/** The timestamp that an iterator reads at: its own, else the present. Undefined before 2.5. */
function snapshotOf(
    { consistency_level, guarantee_timestamp }: QueryRequest,
    { catalog, version }: Call,
): bigint | undefined {
    if (!rules.iteratorSnapshots(version)) return undefined;
    return consistency_level === "Customized" ? BigInt(guarantee_timestamp) : catalog.now();
}

const isThere = ({ deleted }: Row): boolean => deleted === undefined;

/** A snapshot has rows that were deleted later, and none that was written later. */
const isThereAt = ({ written, deleted }: Row, at: bigint): boolean =>
    written <= at && (deleted === undefined || deleted > at);

function requireLoaded({ load, name }: Collection): void {
    demand(load !== "released", "collectionNotLoaded", `collection not loaded[collection=${name}]`);
    demand(load === "loaded", "collectionNotFullyLoaded", `collection not fully loaded[collection=${name}]`);
}

/** Without a partition name the loaded partitions are queried. */
function readable({ partitions, rows }: Collection, named: string[]): Row[] {
    for (const name of named) {
        demand(partitions.has(name), "partitionNotFound", `partition not found[partition=${name}]`);
        demand(
            partitions.get(name) === true,
            "partitionNotLoaded",
            `partition not loaded[partition=${name}]`,
        );
    }
    return rows.filter(({ partition }) =>
        named.length === 0 ? partitions.get(partition) === true : named.includes(partition),
    );
}

export function flush({ collection_names: names }: { collection_names: string[] }, call: Call): object {
    const flushed = names.map((name) => {
        const collection = collectionOf({ collection_name: name }, call);
        for (const row of collection.rows) row.flushed = true;
        collection.flushPending = call.pending;
        return [name, collection] as const;
    });
    return {
        db_name: call.database,
        coll_segIDs: Object.fromEntries(flushed.map(([name, { id }]) => [name, { data: [id] }])),
        coll_flush_ts: Object.fromEntries(flushed.map(([name]) => [name, "1"])),
    };
}

export function getFlushState(request: Named, call: Call): object {
    return { flushed: collectionOf(request, call).flushPending-- <= 0 };
}

/**
 * Deleted rows are counted until a compaction, which the fake does not have. Source: milvus docs,
 * "get_collection_stats".
 */
export function getCollectionStatistics(request: Named, call: Call): object {
    const collection = collectionOf(request, call);
    const rows = { key: "row_count", value: String(collection.rows.length) };
    // A collection whose schema has never changed has no further statistics.
    if (collection.schemaVersion === 0) return { stats: [rows] };
    const { consistent, total } = segmentsOf(collection, call);
    return {
        stats: [
            rows,
            { key: "schema_version_consistent_segments", value: String(consistent) },
            { key: "schema_version_total_segments", value: String(total) },
        ],
    };
}
