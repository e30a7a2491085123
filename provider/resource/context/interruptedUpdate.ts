import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { loadOf } from "../../milvus/collection/loading";
import type { BegunPlan } from "../../observe/generation";
import type { ObservedCollection, ObservedIndex } from "../../observe/state";
import type { Collection, Field, Index, Load } from "../../inputs/schema/collection";
import { isOfMemory } from "../../inputs/schema/memory";
import { Params } from "../../inputs/schema/params";
import { parameterTexts } from "../../plan/strategy/existingIndex";
import { type LastUpdate, readLastUpdate, type Touched } from "../../migration/properties/pendingUpdate";
import type { Server } from "./context";
import { asDeployed } from "./drift";
import { autoName, refOf } from "./identity";
import type { CollectionState } from "./resourceState";

/** The base of a plan: what the state records, or what is on the server where a change in place was interrupted. */
export interface PlanBase {
    deployed: Collection;
    /** The steps of the interrupted change. */
    interrupted: readonly string[] | undefined;
    /** The approved plan that it was to carry out. */
    begun?: BegunPlan | undefined;
}

/** The change in place that was begun on the collection, and that the state does not know to be complete. */
export async function interruptedUpdate(
    client: MilvusClient,
    { updateId }: Pick<CollectionState, "updateId">,
    ref: CollectionRef,
): Promise<LastUpdate | undefined> {
    const last = await readLastUpdate(client, ref);
    return last === undefined || last.id === updateId ? undefined : last;
}

/**
 * After an interrupted change in place the state is not what is on the server: the next plan starts from the server, so
 * that either program, the former or the new one, brings the collection to what it declares.
 */
export async function planBase(
    server: Server,
    state: Pick<CollectionState, "name" | "generation" | "updateId" | "spec" | "ref">,
    observed: ObservedCollection,
): Promise<PlanBase> {
    const last = await interruptedUpdate(server.client, state, refOf(observed));
    if (!last) return { deployed: state.spec, interrupted: undefined };
    const deployed = await asObserved(server, state.spec, observed, last.touched);
    // The interrupted change may have renamed it.
    const isOwn = observed.name === autoName(state.name, state.generation);
    const renamed = isOwn ? undefined : observed.name;
    const name = observed.name === state.ref.name ? state.spec.name : renamed;
    return { deployed: { ...deployed, name }, interrupted: last.steps, begun: last.approved };
}

/**
 * The declaration as the server has it now. More exact than `asDeployed` about what the updates touched: undeclared
 * fields, indexes and properties, parameters of indexes, and replicas. A partition that they created stays, because
 * clients may have written rows to it.
 */
export async function asObserved(
    { client, capabilities }: Server,
    declared: Collection,
    observed: ObservedCollection,
    touched: Touched,
): Promise<Collection> {
    const deployed = asDeployed(declared, observed, capabilities);
    const known = new Set([...declared.fields.map(({ name }) => name), ...touched.fields]);
    const functions = new Set(observed.functions.map(({ name }) => name));
    const isTouched = (field: string) =>
        touched.indexes.includes(field) && !deployed.indexes.some((index) => index.field === field);
    const added = touched.properties.filter((key) => declared.properties[key] === undefined);
    return {
        ...deployed,
        fields: deployed.fields
            .filter(({ name }) => known.has(name))
            .map((field) => (touched.memory.includes(field.name) ? inMemory(field, observed) : field)),
        functions: [
            ...declared.functions.filter(({ name }) => functions.has(name)),
            ...observed.functions.filter(
                ({ name, outputFieldNames }) =>
                    outputFieldNames.some((output) => touched.fields.includes(output)) &&
                    !declared.functions.some((one) => one.name === name),
            ),
        ],
        indexes: [
            ...deployed.indexes.map((index) => asThere(index, observed, touched)),
            ...observed.indexes
                .filter(({ field }) => isTouched(field))
                .map(({ field, name, indexType, metricType, params }) => ({
                    ...{ field, name, indexType, params: Params.parse(params) },
                    ...(metricType !== undefined && { metricType }),
                })),
        ],
        ...(capabilities.deleteProperties && {
            properties: { ...deployed.properties, ...pick(observed.properties, added) },
        }),
        ...settingsOf(observed, touched),
        load: deployed.load && (await observedLoad(client, observed, deployed.load)),
    };
}

/** Settings that the updates set: another program may not mention them, and they are not to stay. */
function settingsOf(observed: ObservedCollection, { settings }: Touched): Partial<Collection> {
    const { description, consistencyLevel } = observed;
    return {
        ...(settings.includes("description") && { description }),
        ...(settings.includes("consistencyLevel") &&
            consistencyLevel !== undefined && {
                consistencyLevel: consistencyLevel as Collection["consistencyLevel"],
            }),
    };
}

/** How a field is kept in memory on the server, also where the former program does not mention it. */
function inMemory({ mmap: _mmap, warmup: _warmup, ...field }: Field, { fields }: ObservedCollection): Field {
    const { mmap, warmup } = fields.find(({ name }) => name === field.name) ?? {};
    return { ...field, ...(mmap !== undefined && { mmap }), ...(warmup !== undefined && { warmup }) };
}

/** Parameters of memory on the server, also those that the former program does not mention. */
function memoryOf(index: Index, now: ObservedIndex, { indexes }: Touched): Index["params"] {
    const set = Object.entries(now.params).filter(
        ([key]) => isOfMemory(key) && !(key in index.params) && indexes.includes(index.field),
    );
    return Params.parse(Object.fromEntries(set));
}

/** A setting that the server returns with another value counts as changed; one that it does not return, as declared. */
function asThere(index: Index, { indexes }: ObservedCollection, touched: Touched): Index {
    const now = indexes.find(({ field }) => field === index.field);
    const memory = now && memoryOf(index, now, touched);
    if (!now || index.indexType === "AUTOINDEX")
        return memory ? { ...index, params: { ...index.params, ...memory } } : index;
    const declared = Object.entries(parameterTexts(index.params));
    const isSame = declared.every(
        ([key, value]) => now.params[key] === undefined || now.params[key] === value,
    );
    return {
        ...index,
        indexType: now.indexType === "" ? index.indexType : now.indexType,
        params: isSame ? { ...index.params, ...memory } : Params.parse(now.params),
    };
}

async function observedLoad(
    client: MilvusClient,
    observed: ObservedCollection,
    declared: Load,
): Promise<Load> {
    const replicas = (await loadOf(client, refOf(observed)))?.replicas ?? 1;
    return replicas === declared.replicas ? declared : { ...declared, replicas };
}

function pick(from: Record<string, string>, keys: readonly string[]): Record<string, string> {
    return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])));
}
