import * as pulumi from "@pulumi/pulumi";

import type { CollectionArgs } from "./args";
import { identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

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

    constructor(name: string, args: CollectionArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("Collection"),
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
