import * as pulumi from "@pulumi/pulumi";

import type { RoleArgs } from "./accessArgs";
import { identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

/**
 * A role (Milvus docs, "Create Users & Roles"). A user takes `roles: [reader.name]`, so that Pulumi creates the role first
 * and drops it last.
 */
export class Role extends pulumi.dynamic.Resource {
    /** The name of the role. */
    declare readonly name: pulumi.Output<string>;

    constructor(name: string, args: RoleArgs = {}, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("Role"),
            name,
            { name: undefined, ...secretConnection(args), ...identity(name, opts) },
            opts,
            "milvus",
            "Role",
        );
    }
}
