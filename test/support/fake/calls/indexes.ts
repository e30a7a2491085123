import { type Call, collectionOf } from "../call";
import { type Collection, type Index, leaves } from "../catalog";
import { isVector } from "../dataTypes";
import { type KeyValue, type Named, pairs, record } from "../messages";
import { demand, refuse } from "../refusal";
import { rules } from "../rules";
import type { Version } from "../version";

interface CreateIndex extends Named {
    field_name: string;
    index_name: string;
    extra_params: KeyValue[];
}

/** One index per field; repeating the same one is a success. Source: createIndexTask and datacoord's CreateIndex. */
export function createIndex(request: CreateIndex, call: Call): object {
    const collection = collectionOf(request, call);
    const { field_name: field, index_name } = request;
    demand(
        leaves(collection).some(({ name }) => name === field),
        "invalid",
        `cannot create index on non-exist field: ${field}`,
    );
    const { params, ...rest } = record(request.extra_params);
    const all = { ...rest, ...(params !== undefined && (JSON.parse(params) as Record<string, unknown>)) };
    const texts = Object.fromEntries(Object.entries(all).map(([key, value]) => [key, String(value)]));
    const name = index_name || field;
    const present = collection.indexes.find((index) => index.field === field);
    if (present) {
        const same = present.name === name && JSON.stringify(present.params) === JSON.stringify(texts);
        demand(same, "unexpected", "CreateIndex failed: at most one distinct index is allowed per field");
        return {};
    }
    demand(
        collection.indexes.every((index) => index.name !== name),
        "unexpected",
        `CreateIndex failed: creating multiple indexes on same field is not supported, index name ${name} is taken`,
    );
    collection.indexes.push({ name, field, params: texts, pending: call.pending });
    return {};
}

/** Indexes are built in the background: they are reported as in progress for some calls, then as finished. */
export function describeIndex(request: Named & { index_name: string }, call: Call): object {
    const collection = collectionOf(request, call);
    const found = collection.indexes.filter(
        ({ name }) => request.index_name === "" || name === request.index_name,
    );
    if (found.length === 0) refuse("indexNotFound", `index not found[collection=${collection.name}]`);
    return { index_descriptions: found.map((index) => describe(index, collection, call.version)) };
}

function describe(index: Index, { rows }: Collection, version: Version): object {
    const finished = index.pending-- <= 0;
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
