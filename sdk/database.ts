import * as pulumi from "@pulumi/pulumi";

import type { DatabaseArgs } from "./clusterArgs";
import { identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

/**
 * A database, with its properties (Milvus docs, "Database"). A collection in it takes `database: library.name`, so that
 * Pulumi creates the database first and drops it last.
 */
export class Database extends pulumi.dynamic.Resource {
    /** The name of the database. */
    declare readonly name: pulumi.Output<string>;

    constructor(name: string, args: DatabaseArgs = {}, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("Database"),
            name,
            { name: undefined, ...secretConnection(args), ...identity(name, opts) },
            opts,
            "milvus",
            "Database",
        );
    }
}
