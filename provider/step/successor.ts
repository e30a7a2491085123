import type { MilvusClient } from "../milvus/client";
import { type CollectionRef, setProperties } from "../milvus/collections";
import { readProperty } from "./property";

const PROPERTY = "pulumi.successor";

/** Says on an old collection which one has its rows, so that any run that is to drop it can compare both first. */
export async function nameSuccessor(
    client: MilvusClient,
    old: CollectionRef,
    { database, name }: CollectionRef,
): Promise<void> {
    await setProperties(client, old, { [PROPERTY]: JSON.stringify({ database, name }) });
}

/** Undefined where none was named. It may be gone since, or be another one by now: its stamp tells. */
export function readSuccessor(client: MilvusClient, old: CollectionRef): Promise<CollectionRef | undefined> {
    return readProperty(client, old, PROPERTY, (text) => {
        const { database, name } = JSON.parse(text) as Partial<CollectionRef>;
        return name === undefined ? undefined : { database, name };
    });
}
