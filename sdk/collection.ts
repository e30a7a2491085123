import * as pulumi from "@pulumi/pulumi";

import type { CollectionArgs } from "./args";
import { identity, secretConnection } from "./hidden";
import { collectionShell } from "./shell";

/**
 * A Milvus collection. A change of its schema builds a new collection beside the old, carries the rows over, compares
 * both, and only then hands over; `pulumi preview` says what will happen.
 *
 * Without `name` the physical name is the logical one plus seven hex digits, and a replacement is blue/green: give
 * clients an `Alias`. With `name` the new collection takes the name over by rename.
 */
export class Collection extends pulumi.dynamic.Resource {
    /** The physical name on the server. */
    declare readonly collectionName: pulumi.Output<string>;
    /** Seven hex digits, new for every physical collection of this resource. */
    declare readonly generation: pulumi.Output<string>;
    /** The server's id of the collection; empty on milvus-lite, which has none. */
    declare readonly collectionId: pulumi.Output<string>;

    constructor(name: string, args: CollectionArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            collectionShell,
            name,
            {
                collectionName: undefined,
                generation: undefined,
                collectionId: undefined,
                ...secretConnection(args),
                ...identity(name, opts),
            },
            opts,
            "milvus",
            "Collection",
        );
    }
}
