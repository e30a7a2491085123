import type { Handler } from "./call";
import { addCollectionField, addCollectionStructField } from "./calls/addFields";
import * as aliases from "./calls/aliases";

import { alterCollectionFunction, alterCollectionSchema } from "./calls/alterSchema";
import * as attachments from "./calls/attachments";
import * as collections from "./calls/collections";
import { createCollection } from "./calls/createCollection";
import * as databases from "./calls/databases";
import { alterCollectionField } from "./calls/fieldProperties";
import * as indexes from "./calls/indexes";
import * as loading from "./calls/loading";
import * as partitions from "./calls/partitions";
import { alterCollection } from "./calls/properties";
import * as privilegeGroups from "./calls/privilegeGroups";
import * as resourceGroups from "./calls/resourceGroups";
import * as roles from "./calls/roles";
import * as rows from "./calls/rows";
import * as server from "./calls/server";
import * as users from "./calls/users";

/** The implemented calls: those that the provider makes. */
export const handlers = {
    Connect: server.connect,
    GetVersion: server.getVersion,
    AllocTimestamp: server.allocTimestamp,
    CreateCollection: createCollection,
    DropCollection: collections.dropCollection,
    DescribeCollection: collections.describeCollection,
    HasCollection: collections.hasCollection,
    ShowCollections: collections.showCollections,
    RenameCollection: collections.renameCollection,
    AlterCollection: alterCollection,
    AlterCollectionField: alterCollectionField,
    AddCollectionField: addCollectionField,
    AddCollectionStructField: addCollectionStructField,
    AlterCollectionSchema: alterCollectionSchema,
    AlterCollectionFunction: alterCollectionFunction,
    CreateAlias: aliases.createAlias,
    AlterAlias: aliases.alterAlias,
    DropAlias: aliases.dropAlias,
    DescribeAlias: aliases.describeAlias,
    ListAliases: aliases.listAliases,
    CreateDatabase: databases.createDatabase,
    DropDatabase: databases.dropDatabase,
    ListDatabases: databases.listDatabases,
    DescribeDatabase: databases.describeDatabase,
    AlterDatabase: databases.alterDatabase,
    CreateResourceGroup: resourceGroups.createResourceGroup,
    UpdateResourceGroups: resourceGroups.updateResourceGroups,
    ListResourceGroups: resourceGroups.listResourceGroups,
    DescribeResourceGroup: resourceGroups.describeResourceGroup,
    DropResourceGroup: resourceGroups.dropResourceGroup,
    ShowPartitions: partitions.showPartitions,
    HasPartition: partitions.hasPartition,
    CreatePartition: partitions.createPartition,
    DropPartition: partitions.dropPartition,
    ReleasePartitions: partitions.releasePartitions,
    CreateIndex: indexes.createIndex,
    DescribeIndex: indexes.describeIndex,
    DropIndex: indexes.dropIndex,
    AlterIndex: indexes.alterIndex,
    LoadCollection: loading.loadCollection,
    LoadPartitions: loading.loadPartitions,
    GetReplicas: loading.getReplicas,
    ReleaseCollection: loading.releaseCollection,
    GetLoadState: loading.getLoadState,
    GetLoadingProgress: loading.getLoadingProgress,
    CreateSnapshot: attachments.createSnapshot,
    ListSnapshots: attachments.listSnapshots,
    CreateRowPolicy: attachments.createRowPolicy,
    ListRowPolicies: attachments.listRowPolicies,
    CreateCredential: users.createCredential,
    UpdateCredential: users.updateCredential,
    DeleteCredential: users.deleteCredential,
    ListCredUsers: users.listCredUsers,
    SelectUser: users.selectUser,
    OperateUserRole: users.operateUserRole,
    CreateRole: roles.createRole,
    DropRole: roles.dropRole,
    SelectRole: roles.selectRole,
    SelectGrant: roles.selectGrant,
    OperatePrivilege: roles.operatePrivilege,
    OperatePrivilegeV2: roles.operatePrivilegeV2,
    CreatePrivilegeGroup: privilegeGroups.createPrivilegeGroup,
    DropPrivilegeGroup: privilegeGroups.dropPrivilegeGroup,
    ListPrivilegeGroups: privilegeGroups.listPrivilegeGroups,
    OperatePrivilegeGroup: privilegeGroups.operatePrivilegeGroup,
    Insert: rows.insert,
    Upsert: rows.upsert,
    Delete: rows.remove,
    Query: rows.query,
    Flush: rows.flush,
    GetFlushState: rows.getFlushState,
    GetCollectionStatistics: rows.getCollectionStatistics,
} satisfies Record<string, Handler>;

export type Rpc = keyof typeof handlers;
