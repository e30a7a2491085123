import type { ObservedCollection } from "../../observe/state";

/** Properties that a server writes itself, and refuses or misreads in a request. */
const written = /^(max_field_id|cipher\.|replicate\.|namespace\.|external_)/;

export const isWrittenByServer = (key: string): boolean => written.test(key);

/** A property that every new collection of a server has (2.6.6): see `timezoneProperty` of the fake for the source. */
export const isDefaultProperty = (key: string, value: string): boolean =>
    key === "timezone" && value === "UTC";

/** The number of shards of a collection whose request names none (Milvus docs, "Create Collection"). */
const SHARDS = 1;
/** The partitions of a partition key by default: 64 before 2.4.3 (its release notes). */
const PARTITIONS = [16, 64];

/**
 * What a program has to say of a collection: nobody declares what the server sets by itself. A migration carries such a
 * setting over all the same, as any that no program mentions.
 */
export function withoutServersOwn({
    properties,
    shardsNum,
    numPartitions,
    ...rest
}: ObservedCollection): ObservedCollection {
    const chosen = Object.entries(properties).filter(
        ([key, value]) => !isWrittenByServer(key) && !isDefaultProperty(key, value),
    );
    return {
        ...rest,
        properties: Object.fromEntries(chosen),
        shardsNum: shardsNum === SHARDS ? undefined : shardsNum,
        numPartitions: PARTITIONS.includes(numPartitions ?? 0) ? undefined : numPartitions,
    };
}
