import { type Call, collectionOf } from "../call";
import { type Collection, type Index, leaves } from "../catalog";
import { isVector } from "../dataTypes";
import { type FieldSchema, type KeyValue, type Named, pairs, record } from "../messages";
import { demand, refuse } from "../refusal";
import { rules } from "../rules";
import { canBuild } from "../schemaVersion";
import type { Version } from "../version";

interface CreateIndex extends Named {
    field_name: string;
    index_name: string;
    extra_params: KeyValue[];
}

/**
 * One index per field, of JSON one per path and cast; repeating the same one is a success. Source: createIndexTask in
 * internal/proxy/task_index.go; CreateIndex in internal/datacoord/index_service.go.
 */
export function createIndex(request: CreateIndex, call: Call): object {
    const collection = collectionOf(request, call);
    const field = indexedField(request.field_name, collection);
    const { params, ...rest } = record(request.extra_params);
    const all = { ...rest, ...(params !== undefined && (JSON.parse(params) as Record<string, unknown>)) };
    const plain = Object.fromEntries(Object.entries(all).map(([key, value]) => [key, String(value)]));
    const isJson = field.data_type === "JSON";
    const texts = isJson ? jsonParams(plain, request.field_name, field, collection, call.version) : plain;
    if (isVector(field) && texts.index_type === "AUTOINDEX") checkAutoIndex(texts);
    checkMemory(texts, call.version);
    const name = request.index_name || field.name + (texts.json_path ?? "");
    const named = collection.indexes.find((index) => index.name === name);
    const isSame =
        named?.field === field.name &&
        JSON.stringify(sorted(builtParams(named.params))) === JSON.stringify(sorted(texts));
    if (isSame) return {};
    const rival = collection.indexes.find(
        (index) => index.field === field.name && (!isJson || index.params.json_path === texts.json_path),
    );
    demand(
        rival === undefined,
        "unexpected",
        "CreateIndex failed: at most one distinct index is allowed per field",
    );
    demand(
        named === undefined,
        "unexpected",
        `CreateIndex failed: creating multiple indexes on same field is not supported, index name ${name} is taken`,
    );
    collection.indexes.push({ name, field: field.name, params: texts, pending: call.pending });
    return {};
}

/**
 * AUTOINDEX of a vector takes a metric alone. Source: parseIndexParams in internal/proxy/task_index.go; seen on 2.5.11 and 2.6
 * (public runs).
 */
function checkAutoIndex(params: Record<string, string>): void {
    const others = Object.keys(params).filter((key) => key !== "index_type" && key !== "metric_type");
    demand(others.length === 0, "unexpected", "only metric type can be passed when use AutoIndex");
}

/**
 * Parameters that AlterIndex sets. Source: milvus docs, "Use mmap" (2.4); configableIndexParams in pkg/util/indexparams (2.5);
 * PR 47343 (2.6.11).
 */
const configable = (version: Version): string[] => [
    "mmap.enabled",
    ...(version.since(2, 5, 0) ? ["indexoffsetcache.enabled"] : []),
    ...(rules.alterWarmup(version) ? ["warmup"] : []),
];

/** A second CreateIndex is compared without what AlterIndex has set. Source: checkParams in internal/datacoord/index_meta.go. */
const builtParams = (params: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
        Object.entries(params).filter(([key]) => !/^(mmap|indexoffsetcache)\.enabled$|^warmup$/.test(key)),
    );

/**
 * Source: ValidateMmapIndexParams in pkg/util/indexparamcheck, and ValidateIndexParams in internal/datacoord/index_service.go; the
 * types that are not mapped are those of milvus docs, "Use mmap".
 */
function checkMemory(params: Record<string, string>, version: Version): void {
    const { "mmap.enabled": mmap, warmup, index_type: type = "" } = params;
    demand(
        mmap === undefined || /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(mmap),
        "invalid",
        `invalid mmap.enabled value: ${mmap ?? ""}, expected: true, false`,
    );
    demand(
        !/^(1|t|T|TRUE|true|True)$/.test(mmap ?? "") || !/^(DISKANN$|GPU_)/.test(type),
        "invalid",
        `index type ${type} does not support mmap: invalid mmap index params`,
    );
    demand(
        warmup === undefined || !rules.alterWarmup(version) || ["sync", "disable"].includes(warmup),
        "invalid",
        `invalid warmup policy: ${warmup ?? ""}, must be 'disable' or 'sync'`,
    );
}

interface AlterIndex extends Named {
    index_name: string;
    extra_params: KeyValue[];
    delete_keys: string[];
}

/** Source: alterIndexTask.PreExecute in internal/proxy/task_index.go; AlterIndex in internal/datacoord/index_service.go. */
export function alterIndex(request: AlterIndex, call: Call): object {
    const { version } = call;
    const set = record(request.extra_params);
    // Ignored before, as AlterCollection does.
    const gone = rules.deleteKeys(version) ? request.delete_keys : [];
    demand(
        Object.keys(set).length === 0 || gone.length === 0,
        "invalid",
        "cannot provide both DeleteKeys and ExtraParams",
    );
    const unknown = [...Object.keys(set), ...gone].find((key) => !configable(version).includes(key));
    demand(unknown === undefined, "invalid", `${unknown ?? ""} is not configable index param`);
    const collection = collectionOf(request, call);
    demand(request.index_name !== "", "invalid", "index name is empty");
    demand(
        collection.load === "released",
        "collectionLoaded",
        `can't alter index on loaded collection, please release the collection first: collection already loaded[collection=${collection.name}]`,
    );
    const index =
        collection.indexes.find(({ name }) => name === request.index_name) ??
        refuse("indexNotFound", `index not found[indexName=${request.index_name}]`);
    const params = { ...index.params, ...set };
    checkMemory(params, version);
    index.params = Object.fromEntries(Object.entries(params).filter(([key]) => !gone.includes(key)));
    return {};
}

/** A name that no field has is a key of the dynamic field. Source: createIndexTask.getIndexedFieldAndFunction. */
function indexedField(name: string, collection: Collection): FieldSchema {
    const fields = leaves(collection);
    const found =
        fields.find((field) => field.name === name) ?? fields.find(({ is_dynamic: dynamic }) => dynamic);
    return found ?? refuse("invalid", `cannot create index on non-exist field: ${name}`);
}

/**
 * An index on JSON needs a cast type, and its path is stored without its field. Source: INVERTEDChecker.CheckTrain in
 * internal/util/indexparamcheck; parseAndVerifyNestedPath in internal/datacoord/index_service.go; milvus docs, "JSON
 * Indexing" (2.5.11).
 */
function jsonParams(
    params: Record<string, string>,
    name: string,
    field: FieldSchema,
    { schema }: Collection,
    version: Version,
): Record<string, string> {
    demand(rules.jsonIndexes(version), "invalid", `INVERTED are not supported on ${field.data_type} field`);
    const { json_cast_type: cast, json_path: path = name } = params;
    demand(cast !== undefined, "invalid", "json index must specify cast type: missing parameter");
    demand(
        ["BOOL", "DOUBLE", "VARCHAR", "ARRAY_BOOL", "ARRAY_DOUBLE", "ARRAY_VARCHAR", "JSON"].includes(
            cast.toUpperCase(),
        ),
        "invalid",
        `json_cast_type ${cast} is not supported`,
    );
    const parsed = /^([A-Za-z_$]\w*)((?:\[(?:"[^"]*"|'[^']*')\])*)$/.exec(path);
    if (!parsed) return refuse("invalid", `cannot parse identifier: ${path}`);
    const [, head = "", rest = ""] = parsed;
    const isField = head === "$meta" || schema.fields.some((one) => one.name === head);
    const holder = isField ? head : "$meta";
    demand(holder === field.name, "invalid", "fieldID not match with field name");
    const keys = [...rest.matchAll(/\[["']([^"']*)["']\]/g)].map((found) => found[1]!);
    return {
        ...params,
        json_cast_type: cast.toUpperCase(),
        json_path: `/${[...(isField ? [] : [head]), ...keys].join("/")}`,
    };
}

const sorted = (params: Record<string, string>) =>
    Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));

/** Indexes are built in the background: they are reported as in progress for some calls, then as finished. */
export function describeIndex(request: Named & { index_name: string }, call: Call): object {
    const collection = collectionOf(request, call);
    const found = collection.indexes.filter(
        ({ name }) => request.index_name === "" || name === request.index_name,
    );
    if (found.length === 0) refuse("indexNotFound", `index not found[collection=${collection.name}]`);
    return { index_descriptions: found.map((index) => describe(index, collection, call)) };
}

function describe(index: Index, collection: Collection, call: Call): object {
    const { version } = call;
    const { rows } = collection;
    const isDue = index.pending-- <= 0;
    if (isDue && index.pending > -Infinity && canBuild(collection, index.field, call))
        index.pending = -Infinity;
    const finished = index.pending === -Infinity;
    const { index_type, metric_type, ...others } = index.params;
    const main = Object.entries({ index_type, metric_type }).filter(
        (pair): pair is [string, string] => pair[1] !== undefined,
    );
    const rest: [string, string][] = rules.flatIndexParams(version)
        ? Object.entries(others)
        : [["params", JSON.stringify(others)]];
    return {
        index_name: index.name,
        field_name: index.field,
        params: pairs([...main, ...rest]),
        state: finished ? "Finished" : "InProgress",
        indexed_rows: String(finished ? rows.length : 0),
        total_rows: String(rows.length),
    };
}

/**
 * Dropping an index that does not exist is a success. Source: dropIndexTask in internal/proxy/task_index.go;
 * datacoord's DropIndex (3.0).
 */
export function dropIndex(request: Named & { index_name: string; field_name: string }, call: Call): object {
    const collection = collectionOf(request, call);
    const name = request.index_name || request.field_name;
    const index = collection.indexes.find((one) => one.name === name);
    const loaded = collection.load !== "released";
    if (!rules.dropsScalarIndexLoaded(call.version))
        demand(
            !loaded,
            "unexpected",
            "index cannot be dropped, collection is loaded, please release it first",
        );
    const onVector = leaves(collection).some((field) => field.name === index?.field && isVector(field));
    demand(
        !loaded || !onVector,
        "invalid",
        `vector index cannot be dropped on loaded collection: ${collection.id}`,
    );
    collection.indexes = collection.indexes.filter((one) => one !== index);
    return {};
}
