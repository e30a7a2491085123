import { isMilvusError } from "../transport/errors";
import { type KeyValue, keyValues, record } from "../transport/keyValue";
import type { MilvusClient } from "../transport/client";
import type { Message } from "../transport/protocol";

/** The resource group that Milvus uses where none is named. */
export const defaultGroup = "__default_resource_group";

/** How many query nodes a group has, and where it takes them from. Source: Milvus docs, "Manage Resource Groups" (2.4.1). */
export interface GroupConfig {
    /** Nodes that the group asks for. */
    requests: number;
    /** Nodes that it has at most. */
    limits: number;
    /** Groups that missing nodes come from, and that surplus ones go to. */
    transferFrom: string[];
    transferTo: string[];
    /** Labels that its nodes have. */
    nodeLabels: Record<string, string>;
}

export interface Group {
    config: GroupConfig;
    /** Replicas in the group, by collection. */
    replicas: Record<string, number>;
    nodes: number;
}

/** Undefined where the server has no resource groups. */
export async function listGroups(client: MilvusClient): Promise<string[] | undefined> {
    const answer = await client.call("ListResourceGroups", {}).catch((error: unknown) => {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    });
    return answer && ((answer.resource_groups ?? []) as string[]);
}

export async function describeGroup(client: MilvusClient, name: string): Promise<Group> {
    const answer = await client.call("DescribeResourceGroup", { resource_group: name }, { about: name });
    const group = answer.resource_group as {
        num_loaded_replica?: Record<string, number>;
        num_available_node?: number;
        config?: Message | null;
    };
    return {
        config: configOf(group.config ?? {}),
        replicas: group.num_loaded_replica ?? {},
        nodes: group.num_available_node ?? 0,
    };
}

/** @param config undefined before 2.4.1, whose groups have none */
export async function createGroup(
    client: MilvusClient,
    name: string,
    config: GroupConfig | undefined,
): Promise<void> {
    const request = { resource_group: name, ...(config && { config: messageOf(config) }) };
    await client.call("CreateResourceGroup", request, { about: name });
}

export async function updateGroup(client: MilvusClient, name: string, config: GroupConfig): Promise<void> {
    const request = { resource_groups: { [name]: messageOf(config) } };
    await client.call("UpdateResourceGroups", request, { about: name });
}

/** Errors: `invalid` or `rejected` for one that has nodes or replicas. */
export async function dropGroup(client: MilvusClient, name: string): Promise<void> {
    await client.call("DropResourceGroup", { resource_group: name }, { about: name });
}

const messageOf = ({ requests, limits, transferFrom, transferTo, nodeLabels }: GroupConfig): Message => ({
    requests: { node_num: requests },
    limits: { node_num: limits },
    transfer_from: transferFrom.map((resource_group) => ({ resource_group })),
    transfer_to: transferTo.map((resource_group) => ({ resource_group })),
    node_filter: { node_labels: keyValues(nodeLabels) },
});

function configOf(config: Message): GroupConfig {
    const nodes = (limit: unknown) => (limit as { node_num?: number } | null | undefined)?.node_num ?? 0;
    const groups = (list: unknown) =>
        ((list ?? []) as { resource_group: string }[]).map(({ resource_group }) => resource_group);
    const filter = config["node_filter"] as { node_labels?: KeyValue[] } | null | undefined;
    return {
        requests: nodes(config["requests"]),
        limits: nodes(config["limits"]),
        transferFrom: groups(config["transfer_from"]),
        transferTo: groups(config["transfer_to"]),
        nodeLabels: record(filter?.node_labels),
    };
}
