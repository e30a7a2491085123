import {
    type CollectionRef,
    deleteProperties,
    describeCollection,
    setProperties,
} from "../../milvus/collection/collections";
import { OWN_PREFIX } from "../../observe/ownershipMarker";
import type { Server } from "../context/context";

/**
 * Takes the ownership marker off a collection, and everything else that is stored for its owner: nothing manages it, and any
 * stack may adopt it. A server that stores no properties keeps its marker, which is part of the description.
 */
export async function unmark(
    { client, capabilities }: Pick<Server, "client" | "capabilities">,
    ref: CollectionRef,
): Promise<void> {
    if (!capabilities.alterProperties) return;
    const properties = Object.entries((await describeCollection(client, ref))?.properties ?? {});
    const own = properties.filter(([key]) => key.startsWith(OWN_PREFIX));
    if (own.length === 0) return;
    const keys = own.map(([key]) => key);
    if (capabilities.deleteProperties) await deleteProperties(client, ref, keys);
    else await setProperties(client, ref, Object.fromEntries(keys.map((key) => [key, ""])));
}
