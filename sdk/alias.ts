import * as pulumi from "@pulumi/pulumi";

import type { AliasArgs } from "./args";
import { databaseAsText, identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

/**
 * A second, movable name of a collection (Milvus docs, "Manage Aliases"). When `collection` changes, the alias moves in one
 * atomic step to a collection that is loaded: readers see the old rows or the new ones, never an error.
 */
export class Alias extends pulumi.dynamic.Resource {
    /** The name of the alias on the server. */
    declare readonly name: pulumi.Output<string>;
    /** The name of the collection that it points at. */
    declare readonly collection: pulumi.Output<string>;

    constructor(name: string, args: AliasArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("Alias"),
            name,
            {
                name: undefined,
                ...secretConnection(args),
                ...identity(name, opts),
                ...databaseAsText(args, opts),
            },
            opts,
            "milvus",
            "Alias",
        );
    }
}
