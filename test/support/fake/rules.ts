import type { Version } from "./version";

/** RPCs added after 2.4; an older server answers UNIMPLEMENTED. Source: the release notes of each. */
export const rpcSince: Partial<Record<string, [number, number, number]>> = {
    // Milvus release notes 2.4.20, which fix it; the first patch of 2.4 that has it is unknown.
    AlterCollectionField: [2, 4, 20],
    // milvus docs v2.4, "MMap-enabled Data Storage".
    AlterIndex: [2, 4, 0],
    // milvus docs v2.6, "Add Fields to an Existing Collection".
    AddCollectionField: [2, 6, 0],
    // milvus docs v3.0, "addCollectionStructField"; SDK protos of 3.0.
    AddCollectionStructField: [3, 0, 0],
    // milvus release notes 3.0.0 (online add, backfill, drop); PR 48810 (add), PR 48988 (drop).
    AlterCollectionSchema: [3, 0, 0],
    // milvus docs v3.0, "Snapshots"; SDK protos of 2.6.15.
    CreateSnapshot: [2, 6, 15],
    ListSnapshots: [2, 6, 15],
    // milvus release notes 2.6.7; issue 41323.
    AlterCollectionFunction: [2, 6, 7],
    // PR 33981 (June 2024), whose properties it sets; the first patch of 2.4 that has it is unknown.
    DescribeDatabase: [2, 4, 6],
    AlterDatabase: [2, 4, 6],
    // SDK protos of 3.0.
    CreateRowPolicy: [3, 0, 0],
    ListRowPolicies: [3, 0, 0],
    // milvus docs v2.5, "Create Privilege Group" (2.5).
    OperatePrivilegeV2: [2, 5, 0],
    CreatePrivilegeGroup: [2, 5, 0],
    DropPrivilegeGroup: [2, 5, 0],
    ListPrivilegeGroups: [2, 5, 0],
    OperatePrivilegeGroup: [2, 5, 0],
};

type Rule = (version: Version) => boolean;

/** Differences between versions, each with its source. True if the rule applies. */
export const rules = {
    /**
     * DropCollection rejects a collection with aliases, CreateCollection a name that is an alias; before, the drop
     * leaves the alias behind without a target. Source: milvus issues 40236 and 36963, PR 40147.
     */
    guardsAliases: (version) => version.since(2, 5, 5),
    /**
     * RenameCollection rejects a collection with aliases. Source: the design's table of changes in place; the sources
     * of 2.5 and later (rootcoord/meta_table.go) reject it only across databases.
     */
    renameRefusesAliases: (version) => version.inLine(2, 4, 14),
    /**
     * A rename can lose rows without a flush. Source: the design, "Aliases and renames"; milvus issue 43407, fixed in
     * 2.5.15, reports lost metadata. The fake loses all such rows.
     */
    renameLosesUnflushed: (version) => !version.since(2, 5, 15),
    /** AlterCollection and RenameCollection put the name into the recorded database: see strayNames.ts. Source: PR 47721 (2.6.11). */
    renameStrays: (version) => version.since(2, 6, 0) && !version.since(2, 6, 11),
    /** A rename loses the metadata of the collection, which the fake shows as no rows. Source: milvus issue 43407 (2.5.14). */
    renameLosesMetadata: (version) => version.text === "2.5.14",
    /** An exhausted disk quota stops deletes, too. Source: milvus issue 37139, PR 37134 (2.4.14). */
    quotaStopsDeletes: (version) => !version.since(2, 4, 14),
    /** `nullable` and `default_value` of a field, `valid_data` in rows. Source: milvus docs, "Nullable & Default" (2.5). */
    nullable: (version) => version.since(2, 5, 0),
    /** Nullable vectors, and vectors added to a collection. Source: Zilliz release notes of June 2026; milvus docs v2.6 (2.6.18). */
    nullableVectors: (version) => version.since(2, 6, 18),
    /**
     * An iterator with a timestamp reads the snapshot of that time, and its answers have `session_ts`. Source:
     * internal/proxy/task_query.go (2.5.0).
     */
    iteratorSnapshots: (version) => version.since(2, 5, 0),
    /**
     * A result that is too large has the number 1100; before, 65535. The release could not be found; each client has to
     * know both.
     */
    sizeRefusedAsParameter: (version) => version.since(2, 6, 0),
    /** Functions in a schema. Source: milvus docs, "Full Text Search" (2.5). */
    functions: (version) => version.since(2, 5, 0),
    /** Arrays of Structs. Source: milvus release notes 2.6.4. */
    structs: (version) => version.since(2, 6, 4),
    /** Nullable Structs. Source: milvus docs v3.0, "Array of Structs". */
    nullableStructs: (version) => version.since(3, 0, 0),
    /** AlterCollection supports `delete_keys`; before, the server ignores it. Source: milvus docs v2.5; release notes 2.4.18. */
    deleteKeys: (version) => version.since(2, 4, 18),
    /** AlterDatabase supports `delete_keys`. Source: milvus PR 38450 (2.4.18), PR 38380 (2.5.0), issue 38379. */
    deleteDatabaseKeys: (version) => version.since(2, 4, 18),
    /** A database has a time zone, which is checked. Source: rootcoord/ddl_callbacks_alter_database.go, with Timestamptz. */
    databaseTimezone: (version) => version.since(2, 6, 6),
    /**
     * AlterDatabase compares replicas and groups with those of the request alone, and gives loaded collections what it reads
     * there. Source: getAlterLoadConfigOfAlterDatabase in rootcoord/ddl_callbacks_alter_database.go.
     */
    databaseLoads: (version) => version.since(2, 6, 0),
    /** AlterCollection changes `consistency_level`. Source: milvus issue 39707, PR 39906 (2.4.23), PR 39902 (2.5.5). */
    alterConsistency: (version) => version.inLine(2, 4, 23) || version.since(2, 5, 5),
    /** AlterCollection changes `collection.description`. Source: milvus issue 41557 (2.5.12). */
    alterDescription: (version) => version.since(2, 5, 12),
    /** AlterCollection enables `dynamicfield.enabled`. Source: milvus docs v2.6, "Modify Collection" (2.6.6). */
    dynamicFieldOn: (version) => version.since(2, 6, 6),
    /** AlterCollection disables `dynamicfield.enabled`. Source: milvus issue 48983 (3.0). */
    dynamicFieldOff: (version) => version.since(3, 0, 0),
    /**
     * A field added with a default holds it in existing rows; before, NULL, and again in 3.0.0 with Storage V3. Source: milvus
     * issues 45543, 45619, 45644 (2.6.6), 52771.
     */
    fillsDefaults: (version) => version.since(2, 6, 6) && version.text !== "3.0.0",
    /** LoadCollection with another number of replicas takes effect while loaded. Source: PR 36417 (2.4.13). */
    changesReplicasLoaded: (version) => version.since(2, 4, 13),
    /** AlterCollectionField sets the analyzer of a field. Source: milvus PR 51279 (3.0.0). */
    alterAnalyzer: (version) => version.since(3, 0, 0),
    /**
     * AlterCollectionField knows the warmup of a field, and AlterCollection that of a collection. Source: milvus PR 47343, in the
     * release notes of 2.6.11; IsWarmupKey in pkg/common/common.go for the keys.
     */
    alterWarmup: (version) => version.since(2, 6, 11),
    /** Analyzers by language, for the input of a BM25 function. Source: milvus docs, "Multi-language Analyzers" (2.5.11). */
    multiAnalyzer: (version) => version.since(2, 5, 11),
    /**
     * ShowCollections asks for no privilege and lists what the roles of a user have a privilege on. Source: milvus-proto PR 274
     * (2.4.3, milvus issue 32550); rootcoord/show_collection_task.go.
     */
    listsVisible: (version) => version.since(2, 4, 3),
    /** `query_mode` of a collection. Source: milvus release notes 2.6.14; quota_param.go. */
    queryMode: (version) => version.since(2, 6, 14),
    /** A time to live of each row. Source: validateTTLField in internal/proxy/task.go (3.0). */
    ttlField: (version) => version.since(3, 0, 0),
    /** An Int8Vector. Source: milvus release notes 2.6.0. */
    int8Vector: (version) => version.since(2, 6, 0),
    /** Inserts and upserts compare the schema that a client knows. Source: milvus issue 41858 (2.4.22, 2.5.5, 2.6.0). */
    checksSchema: (version) => version.inLine(2, 4, 22) || version.since(2, 5, 5),
    /** A dynamic field that was enabled in place is `{}` in older rows; before, NULL. Source: milvus issue 46445 (2.6.8). */
    fillsDynamicField: (version) => version.since(2, 6, 8),
    /** Segments have a version of the schema, which builds of indexes wait for. Source: milvus issue 51768 (3.0.0). */
    schemaVersions: (version) => version.since(3, 0, 0),
    /** Geometry and Timestamptz. Source: milvus release notes 2.6.6. */
    geometry: (version) => version.since(2, 6, 6),
    /** AlterCollectionField changes `max_length`. Source: milvus release notes 2.5.2. */
    alterMaxLength: (version) => version.since(2, 5, 2),
    /** AlterCollectionField changes `max_capacity`. Source: the design, "What changes in place"; task.go of 2.5. */
    alterMaxCapacity: (version) => version.since(2, 5, 11),
    /**
     * AlterCollectionField changes `field.description`. Source: allowedAlterProps in internal/proxy/task.go of the 2.6
     * line; PR 47058 (2.6.10).
     */
    alterFieldDescription: (version) => version.since(2, 6, 10),
    /** Explicit keys of an autoID collection with `allow_insert_auto_id`. Source: milvus release notes 2.6.3 (44424, 44530). */
    insertAutoId: (version) => version.since(2, 6, 3),
    /**
     * A loaded collection keeps only its vector indexes; before, all of them. Source: milvus PR 42941 and issue 42942 (2.6.2).
     */
    dropsScalarIndexLoaded: (version) => version.since(2, 6, 2),
    /**
     * DescribeIndex reports parameters side by side; before, as JSON in `params`. Source: seen on 2.3.5 and in 2.5's
     * docs.
     */
    flatIndexParams: (version) => version.since(2, 5, 0),
    /**
     * Grants move with a rename and are deleted with a drop; before, they belong to the name. Source: milvus issues
     * 48052, 48151 and 47851 (2.6.12).
     */
    grantsFollowCollection: (version) => version.since(2, 6, 12),
    /** Indexes on JSON, one per path. Source: milvus docs, "JSON Indexing" (2.5.11). */
    jsonIndexes: (version) => version.since(2, 5, 11),
    /** A dynamic key with the name of a field is rejected. Source: PR 38027 (2.4.18), PR 38025 (2.5.0), issue 41681. */
    refusesDynamicKeyCollisions: (version) => version.since(2, 4, 18),
    /** An upsert with the same key twice is rejected. Source: milvus PR 46035 (2.6.8). */
    refusesDuplicatesInUpsert: (version) => version.since(2, 6, 8),
    /** `partial_update` of an upsert; before, the server does not know it. Source: milvus docs, "Upsert Entities" (2.6.2). */
    partialUpsert: (version) => version.since(2, 6, 2),
    /** A partition key has 16 partitions by default; before, 64. Source: milvus release notes 2.4.3. */
    sixteenPartitions: (version) => version.since(2, 4, 3),
    /** Every new collection gets a property `timezone`. Source: rootcoord/create_collection_task.go of the 2.6 line, with
     * Timestamptz (2.6.6). */
    timezoneProperty: (version) => version.since(2, 6, 6),
    /**
     * A schema change sets the property `max_field_id`. Source: the design of "drop field" in the milvus repository
     * (3.0).
     */
    maxFieldIdProperty: (version) => version.since(3, 0, 0),
} satisfies Record<string, Rule>;
