import type * as pulumi from "@pulumi/pulumi";

import type { ConnectionArgs } from "./connectionArgs";

/**
 * A database: a namespace of collections and aliases. Source: Milvus docs, "Database" (Milvus 2.2.9; properties 2.4).
 */
export interface DatabaseArgs {
    /**
     * Name of the database. Default: the logical name of the resource. Another name replaces the resource. Errors:
     * MV007, MV008.
     */
    name?: pulumi.Input<string>;
    /**
     * Properties as Milvus spells them: `database.replica.number`, `database.resource_groups`, `database.diskQuota.mb`,
     * `database.max.collections`, `database.force.deny.writing`, `database.force.deny.reading`, `timezone`. They change
     * in place; one that you remove is deleted from the server. The preview warns of what they do to clients (MV409);
     * `cipher.enabled` is fixed once the database is created (MV408). Default: none. Source: Milvus docs, "Database".
     * Errors: MV080, MV401, MV408, MV409.
     */
    properties?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }>;
    /**
     * Drop the database with all its collections and their rows. Without it a database is dropped only when it is
     * empty. A collection with rows and `deletionProtection` is kept. Default: false. Errors: MV305, MV403.
     */
    forceDestroy?: pulumi.Input<boolean>;
    /** Manage a database that exists already. Without it: MV400. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A partition of a collection that another program or stack owns. For your own collection use its `partitions`. Source:
 * Milvus docs, "Manage Partitions".
 */
export interface PartitionArgs {
    /**
     * Name of the partition. Default: the logical name of the resource. Another name replaces the resource. Errors:
     * MV007, MV008.
     */
    name?: pulumi.Input<string>;
    /**
     * Name of the collection on the server: `collectionName` of a `Collection`, of this stack or of another. A
     * migration carries the partition over with its rows, and the resource follows. Errors: MV007, MV008, MV404, MV405.
     */
    collection: pulumi.Input<string>;
    /**
     * Database of the collection. Default: the database of the connection. Another one replaces the resource. Errors:
     * MV007, MV008.
     */
    database?: pulumi.Input<string>;
    /**
     * Drop the partition with its rows. Without it a partition is dropped only when it is empty. Default: false.
     * Errors: MV406.
     */
    forceDestroy?: pulumi.Input<boolean>;
    /** Manage a partition that exists already. Without it: MV400. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A group of query nodes, which replicas of collections are loaded on (`load.resourceGroups`). Source: Milvus docs,
 * "Manage Resource Groups".
 */
export interface ResourceGroupArgs {
    /**
     * Name of the group. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007,
     * MV008.
     */
    name?: pulumi.Input<string>;
    /**
     * Query nodes that the group asks for. It takes effect since Milvus 2.4.1. Range: 0 to 1,000,000. Default: 0.
     * Errors: MV401.
     */
    requests?: pulumi.Input<number>;
    /**
     * Query nodes that the group has at most; surplus ones go to `transferTo`. Default: `requests`. It takes effect
     * since Milvus 2.4.1. Range: 0 to 1,000,000. Errors: MV098, MV401.
     */
    limits?: pulumi.Input<number>;
    /** Groups that missing nodes come from, before any other. Since Milvus 2.4.1. Default: none. Errors: MV401. */
    transferFrom?: pulumi.Input<pulumi.Input<string>[]>;
    /** Groups that surplus nodes go to, before any other. Since Milvus 2.4.1. Default: none. Errors: MV401. */
    transferTo?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Labels that nodes of the group have. Since Milvus 2.5.4. Example: `{ zone: "a" }`. Default: none. Errors: MV401.
     */
    nodeLabels?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
    /** Manage a group that exists already. Without it: MV400. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}
