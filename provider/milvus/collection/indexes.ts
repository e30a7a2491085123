import type { Index } from "../../inputs/schema/collection";
import { withPlainFlags } from "../../inputs/schema/memory";
import type { MilvusClient } from "../transport/client";
import { absent, at, type CollectionRef } from "./collections";
import { isMilvusError, MilvusError } from "../transport/errors";
import { keyValues, type KeyValue, record } from "../transport/keyValue";
import type { Message } from "../transport/protocol";
import { BUILD_SECONDS, poll } from "../transport/poll";

export interface DescribedIndex {
    field: string;
    name: string;
    indexType: string;
    metricType: string | undefined;
    params: Record<string, string>;
    /** `Finished`, `InProgress`, `Failed`, ... (common.IndexState). */
    state: string;
    reason: string;
    indexedRows: number;
    totalRows: number;
}

export async function describeIndexes(client: MilvusClient, ref: CollectionRef): Promise<DescribedIndex[]> {
    const answer = await client
        .call("DescribeIndex", at(ref), { about: ref.name })
        .catch((error: unknown) => absent(error));
    return ((answer?.index_descriptions ?? []) as Message[]).map((index) => {
        const { index_type, metric_type, params, ...others } = record(index.params as KeyValue[]);
        return {
            field: index.field_name as string,
            name: index.index_name as string,
            indexType: index_type ?? "",
            metricType: metric_type,
            params: texts({ ...others, ...flat(params) }),
            state: index.state as string,
            reason: index.index_state_fail_reason as string,
            indexedRows: Number(index.indexed_rows),
            totalRows: Number(index.total_rows),
        };
    });
}

/** Requests an index; Milvus builds it in the background: see `waitForIndexes`. */
export async function createIndex(client: MilvusClient, ref: CollectionRef, index: Index): Promise<void> {
    await client.call(
        "CreateIndex",
        {
            ...at(ref),
            field_name: index.field,
            index_name: index.name,
            extra_params: indexParams(index),
        },
        { about: `${ref.name}.${index.field}`, atLeast: BUILD_SECONDS },
    );
}

/**
 * Sets parameters that change nothing that is built, on a collection that is not loaded (2.4), and deletes some (2.4.18). One call
 * does one of the two.
 */
export async function alterIndex(
    client: MilvusClient,
    ref: CollectionRef,
    name: string,
    { properties, deletes = [] }: { properties: Record<string, string>; deletes?: readonly string[] },
): Promise<void> {
    const request = { ...at(ref), index_name: name };
    const about = `${ref.name}.${name}`;
    if (Object.keys(properties).length > 0)
        await client.call("AlterIndex", { ...request, extra_params: keyValues(properties) }, { about });
    if (deletes.length > 0) await client.call("AlterIndex", { ...request, delete_keys: deletes }, { about });
}

/** An index's settings as every call expects them: the parameters of its type are one JSON text. */
export function indexParams(index: Index): KeyValue[] {
    const params = Object.keys(index.params).length === 0 ? undefined : JSON.stringify(index.params);
    return keyValues({ index_type: index.indexType, metric_type: index.metricType, params });
}

/** The request also names the field, because milvus-lite identifies the index by it. */
export async function dropIndex(
    client: MilvusClient,
    ref: CollectionRef,
    index: { field: string; name: string },
): Promise<void> {
    await client.call(
        "DropIndex",
        { ...at(ref), field_name: index.field, index_name: index.name },
        { about: `${ref.name}.${index.field}` },
    );
}

/**
 * Waits until every index is built, or those of some fields; fails if a build fails or makes no progress for ten minutes.
 * On 3.0.0 another index can stay InProgress for ever: one on an added field, or behind a change of the schema (issue 51768).
 */
export async function waitForIndexes(
    client: MilvusClient,
    ref: CollectionRef,
    progress: (done: number, total: number) => void,
    ...fields: string[]
): Promise<void> {
    await waitForBuild(client, ref, progress, ({ field }) => fields.length === 0 || fields.includes(field));
}

/**
 * Waits for one index by its progress, and no longer than `patience()` milliseconds without any. Returns the index as it is then
 * if it is not built yet: the server goes on building it.
 */
export async function waitForIndex(
    client: MilvusClient,
    ref: CollectionRef,
    { field, name }: Pick<DescribedIndex, "field" | "name">,
    progress: (done: number, total: number) => void,
    patience: () => number,
): Promise<DescribedIndex | undefined> {
    let last: DescribedIndex | undefined;
    try {
        await waitForBuild(
            client,
            ref,
            progress,
            (index, all) => {
                // milvus-lite names an index after its field, and Milvus one of a dynamic key after the dynamic field.
                const isNamed = all.some((one) => one.name === name);
                const isIt = isNamed ? index.name === name : index.field === field;
                if (isIt) last = index;
                return isIt;
            },
            patience,
        );
        return undefined;
    } catch (error) {
        if (isMilvusError(error, "stalled")) return last;
        throw error;
    }
}

async function waitForBuild(
    client: MilvusClient,
    ref: CollectionRef,
    progress: (done: number, total: number) => void,
    counts: (index: DescribedIndex, all: readonly DescribedIndex[]) => boolean,
    patience?: () => number,
): Promise<void> {
    const ask = async () => {
        const all = await describeIndexes(client, ref);
        const indexes = all.filter((index) => counts(index, all));
        const failed = indexes.find(({ state }) => state === "Failed");
        if (failed)
            throw new MilvusError(
                "build-failed",
                `CreateIndex ${ref.name}.${failed.field}: ${failed.reason || "the build failed"}`,
            );
        const sum = (count: (index: DescribedIndex) => number): number =>
            indexes.reduce((total, index) => total + count(index), 0);
        const done = sum(({ indexedRows }) => indexedRows);
        progress(
            done,
            sum(({ totalRows }) => totalRows),
        );
        // Some servers report no state for an index that they build during the insert.
        return {
            finished: indexes.every(({ state }) => state === "Finished" || state === "IndexStateNone"),
            mark: done,
        };
    };
    await poll(`the indexes of ${ref.name}`, ask, patience);
}

/** pymilvus sends `True`, which the server keeps as it is. */
const texts = (params: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(withPlainFlags(params)).map(([key, value]) => [key, String(value)]));

/** Servers report parameters as a JSON text (2.3) or beside the other settings (2.5). */
function flat(params: string | undefined): Record<string, string> {
    if (params === undefined) return {};
    const parsed = JSON.parse(params) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
}
