import { aliasLife } from "./resource/alias";
import { collectionLife } from "./resource/collection";
import type { Context } from "./resource/context/context";
import { databaseKind } from "./resource/database";
import { grantKind } from "./resource/grant";
import type { Life } from "./resource/life";
import { objectLife } from "./resource/object";
import { partitionKind } from "./resource/partition";
import { resourceGroupKind } from "./resource/resourceGroup";
import { privilegeGroupKind } from "./resource/privilegeGroup";
import { roleKind } from "./resource/role";
import { userKind } from "./resource/user";

/** The life of each resource, by the last part of its type; both adapters serve them. */
export const lives: Readonly<Record<string, (context: Context) => Life>> = {
    Alias: aliasLife,
    Collection: collectionLife,
    Database: objectLife(databaseKind),
    Partition: objectLife(partitionKind),
    ResourceGroup: objectLife(resourceGroupKind),
    Grant: objectLife(grantKind),
    PrivilegeGroup: objectLife(privilegeGroupKind),
    Role: objectLife(roleKind),
    User: objectLife(userKind),
};
