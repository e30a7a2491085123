import { defaultGroup, listGroups } from "../../../provider/milvus/cluster/resourceGroups";
import type { Server } from "../../../provider/resource/context/context";
import { databaseKind } from "../../../provider/resource/database";
import { resourceGroupKind } from "../../../provider/resource/resourceGroup";
import { defaultDatabase, type Inventory } from "../inventory";
import { readAccess } from "./access";
import { Collected } from "./collected";
import { readCollections } from "./collections";
import { allowed, readObjects } from "./objects";
import { scopeOf, type Wanted } from "./scope";

/** Looks at a server, and changes nothing. Errors: `MV541`. */
export async function readServer(at: Server, wanted: Wanted): Promise<Inventory> {
    const { client, capabilities } = at;
    const collected = new Collected();
    const scope = await scopeOf(client, wanted);
    await readObjects(databaseKind, "Database", at, scope.databases, collected);
    if (scope.isWhole) {
        const groups = await allowed("resource groups", collected, () => listGroups(client));
        const others = (groups ?? []).filter((name) => name !== defaultGroup);
        await readObjects(resourceGroupKind, "ResourceGroup", at, others, collected);
    }
    await readCollections(at, scope.collections, collected);
    if (scope.isWhole) await readAccess(at, collected);
    return {
        source: `Pulled from ${capabilities.server} at ${client.target}.`,
        namesDefault: client.database !== defaultDatabase,
        objects: collected.objects,
        findings: collected.findings,
    };
}
