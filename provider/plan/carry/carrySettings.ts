import type { Collection, CollectionFunction, Load } from "../../inputs/schema/collection";
import type { ObservedCollection } from "../../observe/state";
import { excludedBy } from "../diff/exclusive";
import { originsOf } from "../diff/fieldOrigins";
import { placeOf } from "../diff/place";
import { same } from "../diff/same";
import { isDefaultProperty, isWrittenByServer } from "../diff/serversOwn";
import { carryFields } from "./carryFields";
import { carryIndexes } from "./carryIndexes";

/** The collection that a migration builds, and what it has from the server rather than from the program. */
export interface Carried {
    wanted: Collection;
    /** What is carried although the program does not mention it: `property mmap.enabled`. */
    kept: string[];
    /** What cannot be carried, and why: `index page_idx on page (its type changes)`. */
    left: string[];
}

/** What a setting is when the program does not mention it. */
const unmentioned = {
    description: "",
    consistencyLevel: "Bounded",
    load: { replicas: 1, resourceGroups: [] } satisfies Load,
} as const;

/**
 * The target of a migration: what is observed, with the changes that the program declares. A setting that the program
 * mentions, or mentioned at the last deployment, is as the program says; any other is carried as it is on the server.
 */
export function carrySettings(deployed: Collection, target: Collection, source: ObservedCollection): Carried {
    const names = new Set(source.fields.map(({ name }) => name));
    const origins = originsOf(target.fields, names, deployed.fields);
    const isSameServer = placeOf(deployed).address === placeOf(target).address;
    const fields = carryFields(deployed, target, source, origins);
    const indexes = carryIndexes(deployed, target, source, { origins, isSameServer });
    const properties = carriedProperties(deployed, target, source);
    const kept = [...fields.kept, ...indexes.kept];
    const open = (key: keyof typeof unmentioned) =>
        same(target[key], unmentioned[key]) && same(deployed[key], unmentioned[key]);
    const note = (what: string, is: unknown, was: unknown) => {
        if (!same(is, was)) kept.push(what);
    };

    const description = open("description") ? source.description : target.description;
    note("the description", description, target.description);
    const consistencyLevel = open("consistencyLevel")
        ? ((source.consistencyLevel || target.consistencyLevel) as Collection["consistencyLevel"])
        : target.consistencyLevel;
    note(`consistencyLevel ${consistencyLevel}`, consistencyLevel, target.consistencyLevel);
    // Another cluster has other nodes and other resource groups.
    const load = open("load") && isSameServer ? (source.load ?? target.load) : target.load;
    note(loadText(load), load, target.load);
    const shardsNum = target.shardsNum ?? source.shardsNum;
    note(`${shardsNum ?? 1} shards`, shardsNum ?? 1, target.shardsNum ?? 1);
    const isKeyed = (of: readonly { isPartitionKey: boolean }[]) =>
        of.some(({ isPartitionKey }) => isPartitionKey);
    const numPartitions =
        target.numPartitions ??
        (isKeyed(fields.fields) && isKeyed(source.fields) ? source.numPartitions : undefined);
    for (const [key, value] of Object.entries(properties))
        // What every collection of a server has is not worth a line of the preview.
        if (!isDefaultProperty(key, value)) kept.push(`property ${key}=${value}`);
    return {
        wanted: {
            ...target,
            description,
            consistencyLevel,
            load,
            ...(shardsNum !== undefined && { shardsNum }),
            ...(numPartitions !== undefined && { numPartitions }),
            fields: fields.fields,
            functions: target.functions.map((one) => carryFunction(one, deployed, source)),
            indexes: indexes.indexes,
            properties: { ...properties, ...target.properties },
        },
        kept,
        left: [
            ...fields.left,
            ...indexes.left,
            ...Object.keys(source.properties)
                .filter((key) => !(key in deployed.properties) && isExcluded(key, target))
                .map((key) => `property ${key} (a collection has one of it and ${excludedBy(key)!})`),
        ],
    };
}

function carriedProperties(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection,
): Record<string, string> {
    return Object.fromEntries(
        Object.entries(source.properties).filter(
            ([key]) =>
                !(key in target.properties) &&
                !(key in deployed.properties) &&
                !isExcluded(key, target) &&
                !isWrittenByServer(key),
        ),
    );
}

const isExcluded = (key: string, { properties }: Collection) => (excludedBy(key) ?? "") in properties;

/** Parameters of a function that the program does not mention, as where somebody altered it on the server. */
function carryFunction(
    wanted: CollectionFunction,
    deployed: Collection,
    source: ObservedCollection,
): CollectionFunction {
    const there = source.functions.find(({ name }) => name === wanted.name);
    const before = deployed.functions.find(({ name }) => name === wanted.name);
    if (!there || !before || there.type !== wanted.type) return wanted;
    const others = Object.entries(there.params).filter(
        ([key]) => !(key in wanted.params) && !(key in before.params),
    );
    const isOpen = wanted.description === "" && before.description === "";
    return {
        ...wanted,
        description: isOpen ? there.description : wanted.description,
        params: { ...Object.fromEntries(others), ...wanted.params },
    };
}

function loadText(load: Load | undefined): string {
    const { replicas = 0, resourceGroups = [] } = load ?? {};
    const groups = resourceGroups.length === 0 ? "" : ` in ${resourceGroups.join(", ")}`;
    return `${replicas} ${replicas === 1 ? "replica" : "replicas"}${groups}`;
}
