import type * as pulumi from "@pulumi/pulumi";

import type { ConnectionArgs } from "./connectionArgs";

/** A role: a name that has privileges. Source: Milvus docs, "Create Users & Roles". */
export interface RoleArgs {
    /**
     * Name of the role. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007,
     * MV008.
     */
    name?: pulumi.Input<string>;
    /**
     * Drop the role although it has privileges or users that this program did not give it: they lose it first. Default:
     * false. Errors: MV410, MV414.
     */
    forceDestroy?: pulumi.Input<boolean>;
    /** Manage a role that exists already. Without it: MV400. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}

/** A user with its password and its roles. Source: Milvus docs, "Create Users & Roles". */
export interface UserArgs {
    /**
     * Name of the user: at most 32 letters, digits and underscores, beginning with a letter. Default: the logical name
     * of the resource. Another name replaces the resource. Errors: MV007, MV412.
     */
    name?: pulumi.Input<string>;
    /**
     * Password of the user, a secret in every state. It changes in place: the new one works at once, and the old one no
     * more. Range: 6 to 72 bytes. Errors: MV097, MV411.
     */
    password: pulumi.Input<string>;
    /**
     * Roles of the user. One that you remove is taken away; those that somebody else gives stay. Default: none. Errors:
     * MV007, MV009, MV413, MV415.
     */
    roles?: pulumi.Input<pulumi.Input<string>[]>;
    /** Manage a user that exists already. Without it: MV400. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}
