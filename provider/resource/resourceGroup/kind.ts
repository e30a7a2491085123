import { parseResourceGroup } from "../../inputs/parse";
import type { ResourceGroup } from "../../inputs/schema/resourceGroup";
import { RunError } from "../../migration/errors";
import {
    createGroup,
    describeGroup,
    type GroupConfig,
    listGroups,
    updateGroup,
} from "../../milvus/cluster/resourceGroups";
import type { Server } from "../context/context";
import { nameOfId, type ObjectKind } from "../object";
import { remove } from "./remove";

/** A group of query nodes: its configuration changes in place. */
export const resourceGroupKind: ObjectKind<ResourceGroup> = {
    type: "ResourceGroup",
    isNamed: true,
    identity: ["name"],
    guides: ["adopt"],
    parse: parseResourceGroup,
    title: ({ name }) => `resource group ${name}`,
    id: ({ name }) => name,
    argumentsOf: nameOfId("ResourceGroup", "heavy"),
    requireSupported,
    observe: async ({ client, capabilities }, spec) => {
        if (!(await listGroups(client))?.includes(spec.name)) return undefined;
        if (!capabilities.groupConfig) return {};
        const { config } = await describeGroup(client, spec.name);
        const { limits, ...others } = config;
        // Without limits the program means its requests.
        return { ...others, ...((spec.limits !== undefined || limits !== config.requests) && { limits }) };
    },
    create: async ({ at, spec }) => {
        await createGroup(at.client, spec.name, at.capabilities.groupConfig ? configOf(spec) : undefined);
        return {};
    },
    update: async ({ at, spec }, deployed) => {
        await requireSupported(at, spec);
        const config = configOf(spec);
        // A group that is adopted may be as it should be.
        const isSame = JSON.stringify(config) === JSON.stringify(configOf(deployed));
        if (at.capabilities.groupConfig && !isSame) await updateGroup(at.client, spec.name, config);
        return {};
    },
    remove,
};

const configOf = ({
    requests,
    limits,
    transferFrom,
    transferTo,
    nodeLabels,
}: ResourceGroup): GroupConfig => ({
    requests,
    limits: limits ?? requests,
    transferFrom,
    transferTo,
    nodeLabels,
});

/** Errors: `MV401` for a server without groups, or whose groups have no configuration where the program has one. */
async function requireSupported({ client, capabilities }: Server, spec: ResourceGroup): Promise<void> {
    const title = `resource group ${spec.name}`;
    if ((await listGroups(client)) === undefined)
        throw new RunError(
            "MV401",
            `${title}: ${capabilities.server} has no resource groups. Leave the resource out, or update the server`,
        );
    const { requests, limits, transferFrom, transferTo, nodeLabels } = configOf(spec);
    const isConfigured =
        requests + limits + transferFrom.length + transferTo.length + Object.keys(nodeLabels).length > 0;
    if (isConfigured && !capabilities.groupConfig)
        throw new RunError(
            "MV401",
            `${title}: groups of ${capabilities.server} have no configuration. Leave requests, limits, transferFrom, transferTo and nodeLabels out, or update Milvus to 2.4.1 or later`,
        );
}
