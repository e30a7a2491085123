import * as pulumi from "@pulumi/pulumi";

import type { PartitionArgs } from "./clusterArgs";
import { databaseAsText, identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

/**
 * A partition of a collection that another stack owns (Milvus docs, "Manage Partitions"). A migration of the collection carries
 * it over with its rows.
 */
export class Partition extends pulumi.dynamic.Resource {
    /** The name of the partition. */
    declare readonly name: pulumi.Output<string>;

    constructor(name: string, args: PartitionArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("Partition"),
            name,
            {
                name: undefined,
                ...secretConnection(args),
                ...identity(name, opts),
                ...databaseAsText(args, opts),
            },
            opts,
            "milvus",
            "Partition",
        );
    }
}
