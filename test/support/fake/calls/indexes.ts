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
    const name = request.index_name || field.name + (texts.json_path ?? "");
    const named = collection.indexes.find((index) => index.name === name);
    const isSame =
        named?.field === field.name && JSON.stringify(sorted(named.params)) === JSON.stringify(sorted(texts));
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
