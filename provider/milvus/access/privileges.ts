/** What a privilege is about, as OperatePrivilege has to be told. */
export type ObjectType = "Collection" | "Global" | "User";

/**
 * The privileges by the type of their object. Source: `ObjectPrivileges` in pkg/util/constant.go of milvus-io/milvus (2.3 to
 * 2.6), and `ObjectPrivilege` in common.proto of milvus-proto (3.0). Older servers know fewer.
 */
const privilegesOf: Readonly<Record<ObjectType, readonly string[]>> = {
    Collection: [
        ["Load", "Release", "Compaction", "Insert", "Delete", "Upsert", "GetStatistics", "CreateIndex"],
        [
            "IndexDetail",
            "DropIndex",
            "Search",
            "Flush",
            "Query",
            "LoadBalance",
            "Import",
            "GetLoadingProgress",
        ],
        [
            "GetLoadState",
            "CreatePartition",
            "DropPartition",
            "ShowPartitions",
            "HasPartition",
            "GetFlushState",
        ],
        ["GetImportProgress", "ListImport", "AddCollectionField", "AlterCollectionSchema"],
        ["RefreshExternalCollection", "CreateSnapshot", "DropSnapshot", "DescribeSnapshot", "ListSnapshots"],
        ["RestoreSnapshot", "PinSnapshotData", "UnpinSnapshotData", "ExportSnapshot"],
    ].flat(),
    Global: [
        ["All", "CreateCollection", "DropCollection", "DescribeCollection", "ShowCollections"],
        ["RenameCollection", "CreateOwnership", "DropOwnership", "SelectOwnership", "ManageOwnership"],
        ["BackupRBAC", "RestoreRBAC", "CreateResourceGroup", "UpdateResourceGroups", "DropResourceGroup"],
        ["DescribeResourceGroup", "ListResourceGroups", "TransferReplica", "TransferNode", "FlushAll"],
        ["CreateDatabase", "DropDatabase", "ListDatabases", "AlterDatabase", "DescribeDatabase"],
        ["CreateAlias", "DropAlias", "DescribeAlias", "ListAliases", "CreatePrivilegeGroup"],
        ["DropPrivilegeGroup", "ListPrivilegeGroups", "OperatePrivilegeGroup", "AddFileResource"],
        ["RemoveFileResource", "ListFileResources", "UpdateReplicateConfiguration"],
        ["GetReplicateConfiguration", "RestoreExternalSnapshot"],
    ].flat(),
    User: ["UpdateUser", "SelectUser"],
};

/** Each privilege with the type of its object. */
export const objectTypes: ReadonlyMap<string, ObjectType> = new Map(
    (Object.keys(privilegesOf) as ObjectType[]).flatMap((type) =>
        privilegesOf[type].map((privilege) => [privilege, type] as const),
    ),
);

/** Groups that every server has since 2.5. Source: milvus docs, "Grant Privileges to Roles". */
export const builtInGroups: ReadonlySet<string> = new Set(
    ["Cluster", "Database", "Collection"].flatMap((level) =>
        ["ReadOnly", "ReadWrite", "Admin"].map((access) => level + access),
    ),
);

/** All privileges at once, in every version. */
export const anyPrivilege = "*";
