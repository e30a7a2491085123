import type { NamedLookup, ServerLookup } from "../../inputs/schema/lookup";
import { describeDatabase, listDatabases } from "../../milvus/cluster/databases";
import { describeGroup, listGroups } from "../../milvus/cluster/resourceGroups";
import { type Context, server } from "../context/context";
import type { NamesResult } from "./accessResults";
import type { DatabaseResult, ResourceGroupResult } from "./clusterResults";
import { asked, missing } from "./lookup";

export async function getDatabase(context: Context, args: NamedLookup): Promise<DatabaseResult> {
    const { name } = args;
    const at = await server(context, args);
    const names = await asked("getDatabase", "databases", at, () => listDatabases(at.client));
    if (!names.includes(name)) throw missing("getDatabase", `database ${name}`, at.client);
    return { name, properties: (await describeDatabase(at.client, name)) ?? {} };
}

export async function getDatabases(context: Context, args: ServerLookup): Promise<NamesResult> {
    const at = await server(context, args);
    const names = await asked("getDatabases", "databases", at, () => listDatabases(at.client));
    return { names: [...names].sort() };
}

export async function getResourceGroup(context: Context, args: NamedLookup): Promise<ResourceGroupResult> {
    const { name } = args;
    const at = await server(context, args);
    const names = await asked("getResourceGroup", "resource groups", at, () => listGroups(at.client));
    if (!names.includes(name)) throw missing("getResourceGroup", `resource group ${name}`, at.client);
    const { config, nodes, replicas } = await describeGroup(at.client, name);
    return { name, ...(at.capabilities.groupConfig && config), nodes, replicas };
}

export async function getResourceGroups(context: Context, args: ServerLookup): Promise<NamesResult> {
    const at = await server(context, args);
    const names = await asked("getResourceGroups", "resource groups", at, () => listGroups(at.client));
    return { names: [...names].sort() };
}
