import { createWithMarker } from "./lifecycle/create";
import type { Migration } from "./migration";
import { approvedProperty } from "./properties/approved";
import { type Checkpoint, checkpointProperty, firstCheckpoint, planHash } from "./properties/checkpoint";
import { leaseProperty } from "./properties/lease";
import { mappingProperty } from "./properties/rowMapping";
import { type Endpoint, partitionsToRead } from "./read/endpoint";

/** The hash that tells whether an existing copy is the one that this migration would create. */
export function planOf({ source, target, mapping, partitions }: Omit<Migration, "report">): string {
    return planHash(source.generation, target.spec, mapping, partitions);
}

/**
 * Creates the copy, empty, with all that a run needs to fill it.
 *
 * @param order a work order in the place of the lease of this process: any worker may take the copy at once
 */
export async function createShadow(
    migration: Omit<Migration, "report">,
    shadow: Endpoint,
    order?: Record<string, string>,
): Promise<Checkpoint> {
    const { target, marker, partitions, approved } = migration;
    const { spec } = target;
    const { client, capabilities } = shadow;
    const checkpoint = firstCheckpoint(planOf(migration), partitionsToRead(partitions));
    const ownProperties = capabilities.alterProperties
        ? {
              ...checkpointProperty(checkpoint),
              ...mappingProperty(migration, spec),
              ...(approved && approvedProperty(approved)),
              ...(order ?? (await leaseProperty(client, migration.holder))),
          }
        : {};
    await createWithMarker(shadow, spec, marker, carriedBy(migration), ownProperties);
    return checkpoint;
}

/** Partitions that clients have made, which the copy has as well. */
export const carriedBy = ({ partitions }: Pick<Migration, "partitions">): readonly string[] =>
    partitions.kind === "by-name" ? partitions.carried : [];
