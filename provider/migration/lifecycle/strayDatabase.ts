import { listDatabases } from "../../milvus/cluster/databases";
import {
    type CollectionRef,
    deleteProperties,
    describeCollection,
    setProperties,
} from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { isMilvusError } from "../../milvus/transport/errors";
import { property } from "../../observe/properties";
import { RunError } from "../errors";

/** The releases that capabilitiesOf.ts names `renameStrays`. */
const STRAYS = /^v?2\.6\.(\d|10)(?!\d)/;

/**
 * Refuses to rename a collection that nobody would find afterwards. Milvus up to 2.5 moves a collection to another database
 * without its record of the database's name, and Milvus 2.6.0 to 2.6.10 put the new name into the recorded database: each call
 * by the new name fails with 100, the former one is still taken, and a restart turns both round (issue 47718, PR 47721). These
 * releases do the same with the unchanged name at each AlterCollection, which is how it is found out. Errors: `MV369`.
 */
export async function rejectStrayDatabase(client: MilvusClient, ref: CollectionRef): Promise<void> {
    if (!STRAYS.test(client.serverVersion ?? "")) return;
    const id = (await describeCollection(client, ref))?.collectionId;
    const others = ((await listDatabases(client)) ?? []).filter(
        (name) => name !== (ref.database ?? client.database ?? "default"),
    );
    if (id === undefined || others.length === 0) return;
    await setProperties(client, ref, { [property.probe]: id });
    try {
        for (const database of others) {
            if ((await idIn(client, { database, name: ref.name })) !== id) continue;
            throw new RunError(
                "MV369",
                `name: ${ref.name} is not renamed, because Milvus ${client.serverVersion!.replace(/^v/, "")} records that it is in the database ${database}, and could not find it under another name until it is restarted (milvus-io/milvus#47721). Upgrade to Milvus 2.6.11 or later, then run \`pulumi up\` again`,
            );
        }
    } finally {
        await deleteProperties(client, ref, [property.probe]).catch(() => undefined);
    }
}

/** Undefined where there is no such collection, or this user may not look. */
async function idIn(client: MilvusClient, ref: CollectionRef): Promise<string | undefined> {
    const found = await describeCollection(client, ref).catch((error: unknown) => {
        if (isMilvusError(error, "forbidden")) return undefined;
        throw error;
    });
    return found?.collectionId;
}
