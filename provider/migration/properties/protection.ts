import { setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";
import { isProtected } from "../../observe/protection";
import type { Collection } from "../../inputs/schema/collection";
import type { Endpoint } from "../read/endpoint";

/** Records `deletionProtection` on the collection, where its aliases find it; where the server stores properties. */
export async function recordProtection(
    { client, capabilities, ref }: Endpoint,
    { deletionProtection }: Pick<Collection, "deletionProtection">,
): Promise<void> {
    if (!capabilities.alterProperties || (await isProtected(client, ref)) === deletionProtection) return;
    await setProperties(client, ref, { [property.protected]: deletionProtection ? "true" : "" });
}
