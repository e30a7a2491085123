import { property } from "./properties";

/** The largest number of shards: each AlterCollection rewrites all properties, and etcd takes 1.5 MB of them. */
export const MOST_SHARDS = 256;

/** The property with the lease of a shard. Shards are numbered from 0. */
export const shardLease = (shard: number): string => `${property.lease}.${shard}`;

/** The property with the progress of a shard. */
export const shardCheckpoint = (shard: number): string => `${property.checkpoint}.${shard}`;

/** Whether workers copy shards at the moment, or have: once their progress is combined, there are none. */
export const hasShards = (properties: Record<string, string>): boolean =>
    Boolean(properties[property.shards]);

/** The leases on a copy that are not released: that of the whole copy, and those of its shards. */
export function leaseTexts(properties: Record<string, string>): string[] {
    return textsOf(properties, property.lease);
}

/** The progress that is stored on a copy: what was copied before it was cut, and the progress of each shard that was begun. */
export function checkpointTexts(properties: Record<string, string>): string[] {
    return textsOf(properties, property.checkpoint);
}

function textsOf(properties: Record<string, string>, key: string): string[] {
    const own = properties[key];
    // Those of shards that are combined say nothing any more.
    const shards = hasShards(properties)
        ? Object.keys(properties).filter((name) => name.startsWith(`${key}.`))
        : [];
    return [own, ...shards.map((name) => properties[name])].filter((text): text is string => Boolean(text));
}
