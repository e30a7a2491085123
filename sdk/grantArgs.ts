import type * as pulumi from "@pulumi/pulumi";

import type { ConnectionArgs } from "./connectionArgs";

/**
 * Privileges of a role on a collection, on a database, or on the server. Source: Milvus docs, "Grant Privileges to
 * Roles".
 */
export interface GrantArgs {
    /** Name of the role. Another role replaces the resource. Errors: MV007, MV423, MV425. */
    role: pulumi.Input<string>;
    /**
     * Privileges as Milvus names them: `Search`, `Query`, `Insert`; `*` is all. Default: none. Errors: MV003, MV421,
     * MV422.
     */
    privileges?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Groups of privileges, built-in ones (`CollectionReadOnly`, `DatabaseAdmin`) or of a `PrivilegeGroup` (Milvus
     * 2.5). Default: none. Errors: MV003, MV401, MV421.
     */
    privilegeGroups?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Database of the grant; `*` is the whole server. Default: the database of the connection. Errors: MV007, MV422.
     */
    database?: pulumi.Input<string>;
    /**
     * Collection of the grant: `collectionName` of a `Collection`, whose generations it follows, or the name of an
     * alias; `*` is all collections of the database. Default: all. Errors: MV007, MV422.
     */
    collection?: pulumi.Input<string>;
    /**
     * Take away also what the role had already when the Grant was created. Without it, only what the Grant gave is
     * taken away. Default: false.
     */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A group of privileges that roles are granted as one. A group that a role still has is not dropped: MV420. Source:
 * Milvus docs, "Create Privilege Group" (Milvus 2.5).
 */
export interface PrivilegeGroupArgs {
    /**
     * Name of the group. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007,
     * MV008.
     */
    name?: pulumi.Input<string>;
    /**
     * The privileges of the group, all of one level (cluster, database, collection). They are added and removed in
     * place. Errors: MV421.
     */
    privileges: pulumi.Input<pulumi.Input<string>[]>;
    /** Manage a group that exists already. Without it: MV400. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}
