import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, setProperties } from "../../milvus/collections";
import { readProperty } from "./codec";

const PROPERTY = "pulumi.successor";

export interface Successor extends CollectionRef {
    /** Whether the old collection is kept behind it: what drops the old one knows the old program alone. */
    keep: boolean;
}

/** Says on an old collection which one has its rows, so that any run that is to drop it can compare both first. */
export async function nameSuccessor(
    client: MilvusClient,
    old: CollectionRef,
    { database, name, keep }: Successor,
): Promise<void> {
    const text = JSON.stringify({ database, name, ...(keep && { keep }) });
    await setProperties(client, old, { [PROPERTY]: text });
}

/** Undefined where none was named. It may be gone since, or be another one by now: its stamp tells. */
export function readSuccessor(client: MilvusClient, old: CollectionRef): Promise<Successor | undefined> {
    return readProperty(client, old, PROPERTY, (text) => {
        const { database, name, keep = false } = JSON.parse(text) as Partial<Successor>;
        return name === undefined ? undefined : { database, name, keep };
    });
}
