import {
    AliasLookup,
    CollectionLookup,
    CollectionsLookup,
    type DatabaseLookup,
    DatabasesLookup,
    type Lookup,
    OneDatabaseLookup,
    PrivilegeGroupsLookup,
    ResourceGroupLookup,
    ResourceGroupsLookup,
    RoleLookup,
    RolesLookup,
    ServerLookup,
    UserLookup,
    UsersLookup,
} from "../../inputs/schema/lookup";
import { describeAlias, resolveName } from "../../milvus/collection/aliases";
import { listCollections } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { observeRows } from "../../observe/rows";
import { type Context, server } from "../context/context";
import { getPrivilegeGroups, getRole, getRoles, getUser, getUsers } from "./access";
import { NamesResult, RoleResult, UserResult } from "./accessResults";
import { getDatabase, getDatabases, getResourceGroup, getResourceGroups } from "./cluster";
import { DatabaseResult, ResourceGroupResult } from "./clusterResults";
import { collectionResult } from "./collectionResult";
import { lookup, type LookupFunction, missing } from "./lookup";
import { AliasResult, CollectionResult, CollectionsResult, ServerResult, tellable } from "./results";

/** The functions by name. */
export const lookups: Readonly<Record<string, LookupFunction<object, object>>> = {
    getCollection: lookup(CollectionLookup, CollectionResult, getCollection),
    getAlias: lookup(AliasLookup, AliasResult, getAlias),
    getCollections: lookup(CollectionsLookup, CollectionsResult, getCollections),
    getServer: lookup(ServerLookup, ServerResult, getServer),
    getDatabase: lookup(OneDatabaseLookup, DatabaseResult, getDatabase, "database"),
    getDatabases: lookup(DatabasesLookup, NamesResult, getDatabases, "database"),
    getResourceGroup: lookup(ResourceGroupLookup, ResourceGroupResult, getResourceGroup, "resource group"),
    getResourceGroups: lookup(ResourceGroupsLookup, NamesResult, getResourceGroups, "resource group"),
    getPrivilegeGroups: lookup(PrivilegeGroupsLookup, NamesResult, getPrivilegeGroups),
    getRole: lookup(RoleLookup, RoleResult, getRole, "role"),
    getRoles: lookup(RolesLookup, NamesResult, getRoles, "role"),
    getUser: lookup(UserLookup, UserResult, getUser, "user"),
    getUsers: lookup(UsersLookup, NamesResult, getUsers, "user"),
};

async function getCollection(context: Context, args: Lookup): Promise<CollectionResult> {
    const { client } = await server(context, args);
    const { database, name } = args;
    const found = await resolveName(client, { database, name });
    const own = found.kind === "alias" ? found.collection : name;
    const observed =
        found.kind === "free" ? undefined : await observeCollection(client, { database, name: own });
    if (!observed)
        throw missing("getCollection", `collection or alias ${name}`, client, database ?? client.database);
    return collectionResult(observed, await observeRows(client, observed));
}

async function getAlias(context: Context, args: Lookup): Promise<AliasResult> {
    const { client } = await server(context, args);
    const { database, name } = args;
    const collection = await describeAlias(client, { database, alias: name });
    if (collection === undefined)
        throw missing("getAlias", `alias ${name}`, client, database ?? client.database);
    return { name, database: database ?? client.database, collection };
}

async function getCollections(context: Context, args: DatabaseLookup): Promise<CollectionsResult> {
    const { client } = await server(context, args);
    const names = await listCollections(client, args.database);
    return { database: args.database ?? client.database, names: [...names].sort() };
}

async function getServer(context: Context, args: ServerLookup): Promise<ServerResult> {
    const { client, capabilities } = await server(context, args);
    const { version } = capabilities;
    return {
        address: client.target,
        database: client.database,
        server: capabilities.server,
        ...(version && { version: version.join(".") }),
        isLite: capabilities.lite,
        capabilities: (Object.keys(tellable) as (keyof typeof tellable)[]).filter(
            (name) => capabilities[name],
        ),
        lacksTypes: [...capabilities.lacksTypes],
    };
}
