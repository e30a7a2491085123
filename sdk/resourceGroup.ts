import * as pulumi from "@pulumi/pulumi";

import type { ResourceGroupArgs } from "./clusterArgs";
import { identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

/**
 * A group of query nodes (Milvus docs, "Manage Resource Groups"). A collection is loaded on it by `load.resourceGroups`.
 */
export class ResourceGroup extends pulumi.dynamic.Resource {
    /** The name of the group. */
    declare readonly name: pulumi.Output<string>;

    constructor(name: string, args: ResourceGroupArgs = {}, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("ResourceGroup"),
            name,
            { name: undefined, ...secretConnection(args), ...identity(name, opts) },
            opts,
            "milvus",
            "ResourceGroup",
        );
    }
}
