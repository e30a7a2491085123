import type { Call } from "../call";
import { demand } from "../refusal";

interface Limit {
    node_num: number;
}

interface Config {
    requests: Limit | null;
    limits: Limit | null;
}

const ofTheServer = "__default_resource_group";
const nodes = (limit: Limit | null | undefined) => limit?.node_num ?? 0;

/** Source of all: internal/querycoordv2/meta/resource_manager.go, 2.4.1. */
function checkConfig(name: string, config: Config | null): void {
    demand(
        nodes(config?.limits) >= nodes(config?.requests),
        "invalid",
        `resource group configuration is illegal, limits node num should not less than requests node num[rgName=${name}]`,
    );
}

export function createResourceGroup(
    { resource_group: name, config }: { resource_group: string; config: Config | null },
    { catalog }: Call,
): object {
    demand(!catalog.resourceGroups.has(name), "unexpected", `resource group already exist, ${name}`);
    checkConfig(name, config);
    catalog.resourceGroups.set(name, config ?? {});
    return {};
}

export function updateResourceGroups(
    { resource_groups: groups }: { resource_groups: Record<string, Config> },
    { catalog }: Call,
): object {
    for (const [name, config] of Object.entries(groups)) {
        demand(catalog.resourceGroups.has(name), "unexpected", `resource group not found[rg=${name}]`);
        checkConfig(name, config);
    }
    for (const [name, config] of Object.entries(groups)) catalog.resourceGroups.set(name, config);
    return {};
}

export function listResourceGroups(_: object, { catalog }: Call): object {
    return { resource_groups: [ofTheServer, ...catalog.resourceGroups.keys()] };
}

export function describeResourceGroup(
    { resource_group: name }: { resource_group: string },
    call: Call,
): object {
    const { catalog } = call;
    demand(
        catalog.resourceGroups.has(name) || name === ofTheServer,
        "unexpected",
        `resource group not found[rg=${name}]`,
    );
    const config = catalog.resourceGroups.get(name) ?? {};
    return { resource_group: { name, num_loaded_replica: replicasOn(name, call), config } };
}

/** Refuses one that asks for nodes or has replicas; one that does not exist is a success. */
export function dropResourceGroup({ resource_group: name }: { resource_group: string }, call: Call): object {
    const config = call.catalog.resourceGroups.get(name) as Config | undefined;
    demand(name !== ofTheServer, "invalid", "delete default rg is not permitted");
    demand(
        Object.keys(replicasOn(name, call)).length === 0,
        "unexpected",
        `some replicas still loaded in resource group[${name}], release it first`,
    );
    demand(
        nodes(config?.requests) + nodes(config?.limits) === 0,
        "invalid",
        `resource group's limits node num is not 0[rgName=${name}]`,
    );
    call.catalog.resourceGroups.delete(name);
    return {};
}

function replicasOn(group: string, { catalog }: Call): Record<string, number> {
    const all = [...catalog.databases.values()].flatMap(({ collections }) => [...collections.values()]);
    const loaded = all.filter(
        ({ load, resourceGroups }) => load === "loaded" && resourceGroups.includes(group),
    );
    return Object.fromEntries(loaded.map(({ name, replicas }) => [name, replicas]));
}
