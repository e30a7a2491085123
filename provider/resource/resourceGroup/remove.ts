import type { ResourceGroup } from "../../inputs/schema/resourceGroup";
import { RunError } from "../../migration/errors";
import { describeGroup, dropGroup, listGroups, updateGroup } from "../../milvus/cluster/resourceGroups";
import type { ObjectWork } from "../object";

/** The group of all nodes that no other has: no server drops it. */
const ofTheServer = "__default_resource_group";

/** Drops a group that no replica is loaded on; its nodes go back. Errors: `MV440`. */
export async function remove({ at, spec, name: logical, context }: ObjectWork<ResourceGroup>): Promise<void> {
    const { client, capabilities } = at;
    const { name } = spec;
    if (!(await listGroups(client))?.includes(name)) return;
    if (name === ofTheServer) {
        context.print(`${logical}: the resource group ${name} stays: no server can drop it`);
        return;
    }
    const { replicas, config } = await describeGroup(client, name);
    const loaded = Object.entries(replicas).filter(([, count]) => count > 0);
    if (loaded.length > 0)
        throw new RunError(
            "MV440",
            `resource group ${name}: not dropped, ${loaded.map(([collection, count]) => `${count} replicas of ${collection}`).join(", ")} are loaded on it. ` +
                "Release these collections, or load them on other groups (load.resourceGroups), and run the command again",
        );
    // A group that asks for nodes is not dropped; those that it has go to other groups. Source: Milvus docs, "Manage Resource Groups".
    if (capabilities.groupConfig) await updateGroup(client, name, { ...config, requests: 0, limits: 0 });
    await dropGroup(client, name);
}
