import * as pulumi from "@pulumi/pulumi";

import type { CollectionArgs } from "./args";
import { databaseAsText, identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

/** Where a detached migration stands (`migration.detach`). */
export interface MigrationState {
    /** `waiting` for a worker, `copying`, `indexing`, `verifying`, `ready` to switch, `failed`, or `switched` by a worker. */
    phase: string;
    /** The new collection. */
    collection: string;
    /** Rows that are copied. */
    rows?: number;
    /** Rows of the old collection, where they could be counted. */
    total?: number;
}

/**
 * A Milvus collection. When a schema change needs a new collection, `pulumi up` creates it beside the old one, carries the
 * rows over, verifies them, and cuts over. `pulumi preview` prints the plan.
 *
 * Without `name`, the name on the server is the logical name and seven hex digits, and a replacement is blue/green: clients
 * use an `Alias`. With `name`, the new collection takes over the name by rename.
 */
export class Collection extends pulumi.dynamic.Resource {
    /** The name on the server. */
    declare readonly collectionName: pulumi.Output<string>;
    /** Seven hex digits, new for every physical collection of this resource. */
    declare readonly generation: pulumi.Output<string>;
    /** The server's id of the collection; empty on milvus-lite, which has none. */
    declare readonly collectionId: pulumi.Output<string>;
    /** Where a detached migration stands; undefined where none is under way. */
    declare readonly migrationState: pulumi.Output<MigrationState | undefined>;

    constructor(name: string, args: CollectionArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("Collection"),
            name,
            {
                collectionName: undefined,
                generation: undefined,
                collectionId: undefined,
                migrationState: undefined,
                ...secretConnection(args),
                ...identity(name, opts),
                ...databaseAsText(args, opts),
            },
            opts,
            "milvus",
            "Collection",
        );
    }
}
