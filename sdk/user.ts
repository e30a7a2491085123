import * as pulumi from "@pulumi/pulumi";

import type { UserArgs } from "./accessArgs";
import { identity, secretConnection } from "./hidden";
import { shellOf } from "./shell";

/** A user with its password, which is a secret in the state, and its roles (Milvus docs, "Create Users & Roles"). */
export class User extends pulumi.dynamic.Resource {
    /** The name of the user. */
    declare readonly name: pulumi.Output<string>;

    constructor(name: string, args: UserArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            shellOf("User"),
            name,
            {
                name: undefined,
                ...secretConnection(args),
                password: pulumi.secret(args.password),
                ...identity(name, opts),
            },
            pulumi.mergeOptions(opts ?? {}, { additionalSecretOutputs: ["password"] }),
            "milvus",
            "User",
        );
    }
}
