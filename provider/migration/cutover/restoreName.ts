import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, listCollections, renameCollection } from "../../milvus/collections";
import { RunError } from "../errors";
import type { Report } from "../report";

/**
 * Gives a retired collection its name back, where a swap was cut between its two renames. Errors: `MV329` for a
 * collection that answers and is not there: milvus-lite that is asked for a collection while it renames it may keep a
 * picture of a part of its rows under the old name, until it is started anew (seen on 3.2.2).
 */
export async function restoreName(
    client: MilvusClient,
    source: CollectionRef,
    name: string | undefined,
    report: Report,
): Promise<CollectionRef> {
    if (name === undefined) return source;
    const names = await listCollections(client, source.database);
    if (source.name === name && !names.includes(name))
        throw new RunError(
            "MV329",
            `${name}: the server answers for it and does not list it, as after an interrupted rename; its rows may be there in part. ` +
                "Nothing was changed. Restart the server and run `pulumi up` again",
        );
    if (names.includes(name)) return source;
    report.say(`${source.name} gets its name ${name} back; a swap was cut short`);
    await renameCollection(client, source, name);
    return { ...source, name };
}
