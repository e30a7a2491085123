import * as pulumi from "@pulumi/pulumi";

import type { GrantArgs, PrivilegeGroupArgs } from "./grantArgs";
import { databaseAsText, identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

/**
 * Privileges of a role on a collection, on a database, or on the server (Milvus docs, "Grant Privileges to Roles"). With
 * `collection: docs.collectionName` it follows the collection from one generation to the next.
 */
export class Grant extends pulumi.dynamic.Resource {
    constructor(name: string, args: GrantArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("Grant"),
            name,
            { ...secretConnection(args), ...identity(name, opts), ...databaseAsText(args, opts) },
            opts,
            "milvus",
            "Grant",
        );
    }
}

/** A group of privileges that roles are granted as one (Milvus docs, "Create Privilege Group"; Milvus 2.5). */
export class PrivilegeGroup extends pulumi.dynamic.Resource {
    /** The name of the group. */
    declare readonly name: pulumi.Output<string>;

    constructor(name: string, args: PrivilegeGroupArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("PrivilegeGroup"),
            name,
            { name: undefined, ...secretConnection(args), ...identity(name, opts) },
            opts,
            "milvus",
            "PrivilegeGroup",
        );
    }
}
