import type { Collection, Index } from "../inputs/schema/collection";
import { memoryKeys, OFFSET_CACHE } from "../inputs/schema/memory";
import { isSatisfied, parameterTexts } from "./strategy/existingIndex";
import { isDefaultIndex } from "./diff/matchIndex";
import { placeOf } from "./diff/place";
import type { Capabilities, ObservedCollection } from "../observe/state";

/** The capabilities that a plan assumes where no server could be queried: those of a current Milvus. */
export const currentServer: Capabilities = {
    server: "a current Milvus",
    lite: false,
    version: undefined,
    aliases: true,
    rename: true,
    partitions: true,
    databases: true,
    alterProperties: true,
    deleteProperties: true,
    alterDescription: true,
    keepsDescription: true,
    nullable: true,
    addField: true,
    addVector: true,
    addStruct: true,
    alterMaxLength: true,
    alterMaxCapacity: true,
    alterFieldDescription: true,
    alterSchema: true,
    addFunction: true,
    schemaVersions: true,
    alterAnalyzer: true,
    fieldMmap: true,
    alterFieldMmap: true,
    alterableIndexParams: [...Object.values(memoryKeys), OFFSET_CACHE],
    warmup: true,
    multiAnalyzer: true,
    analyzers: undefined,
    alterFunction: true,
    checksSchemaOfClients: true,
    crashesOnAddedField: false,
    flushesBeforeAdd: false,
    enableDynamicField: true,
    alterConsistency: true,
    renameLosesMetadata: false,
    renameStrays: false,
    fillsDefaults: true,
    dropsScalarIndexLoaded: true,
    changesReplicasLoaded: true,
    groupConfig: true,
    partialUpsert: true,
    upsertMerges: false,
    insertAutoId: true,
    lacksTypes: [],
    severalVectors: true,
    indexTypes: {},
    json: "any",
    dynamicKeyCollisions: "refused",
};

/** The collection as the last deployment declared it, for a plan without a server. */
export function recorded(deployed: Collection): ObservedCollection {
    const outputs = new Set(deployed.functions.flatMap(({ outputFieldNames }) => outputFieldNames));
    return {
        database: placeOf(deployed).database ?? "",
        name: deployed.name ?? "",
        description: deployed.description,
        fields: deployed.fields.map((field) => ({ ...field, isFunctionOutput: outputs.has(field.name) })),
        functions: deployed.functions,
        enableDynamicField: deployed.enableDynamicField,
        shardsNum: deployed.shardsNum,
        consistencyLevel: deployed.consistencyLevel,
        properties: deployed.properties,
        partitions: deployed.partitions,
        numPartitions: deployed.numPartitions,
        indexes: deployed.indexes.map(({ params, ...index }) => ({
            ...index,
            metricType: index.metricType,
            params: parameterTexts(params),
        })),
        loadState: deployed.load === undefined ? "not-loaded" : "loaded",
        aliases: [],
        marker: undefined,
        collectionId: undefined,
    };
}

/**
 * The deployed declaration, completed with the server's values of arguments that it omits and the target sets. Setting an
 * argument to the value that the server already has is no change of the collection.
 */
export function withObserved(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection | undefined,
): Collection {
    const { database } = placeOf(target);
    const isSpelledOut =
        placeOf(deployed).database === undefined && database !== undefined && source?.database === database;
    const unlessSpelledOut = <K extends "name" | "shardsNum" | "numPartitions">(key: K) =>
        deployed[key] === undefined && target[key] !== undefined && source?.[key] === target[key]
            ? target[key]
            : deployed[key];
    return {
        ...deployed,
        name: unlessSpelledOut("name"),
        database: isSpelledOut ? database : deployed.database,
        shardsNum: unlessSpelledOut("shardsNum"),
        numPartitions: unlessSpelledOut("numPartitions"),
        properties: { ...alreadySet(deployed, target, source), ...deployed.properties },
        indexes: [...deployed.indexes, ...keptByRelease(deployed, target, source)],
    };
}

/** Properties that the program sets to what the server has: its own defaults, or what somebody else has set. */
function alreadySet(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection | undefined,
): Record<string, string> {
    const set = Object.entries(target.properties).filter(
        ([key, value]) => !(key in deployed.properties) && source?.properties[key] === value,
    );
    return Object.fromEntries(set);
}

/** The indexes that an earlier load had brought: `load: false` has left them, and the load that is declared again builds none. */
function keptByRelease(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection | undefined,
): Index[] {
    if (deployed.load !== undefined || source === undefined) return [];
    const declared = new Set(deployed.indexes.map(({ field }) => field));
    return target.indexes.filter(
        (index) => isDefaultIndex(index) && !declared.has(index.field) && isSatisfied(index, source),
    );
}
