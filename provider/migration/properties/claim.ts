import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";
import { readProperty } from "./codec";

/** A stack wants to adopt a collection that another stack owns. */
export interface Claim {
    /** The resource that would own it. */
    owner: string;
    /** The run that made the claim. */
    run: string;
}

/** Undefined where nobody claims it. */
export function readClaim(client: MilvusClient, ref: CollectionRef): Promise<Claim | undefined> {
    return readProperty(client, ref, property.claim, (text) => JSON.parse(text) as Claim);
}

export async function writeClaim(client: MilvusClient, ref: CollectionRef, claim: Claim): Promise<void> {
    await setProperties(client, ref, { [property.claim]: JSON.stringify(claim) });
}

/** The owner still has the collection in its state. True where there was a claim. */
export async function withdrawClaim(client: MilvusClient, ref: CollectionRef): Promise<Claim | undefined> {
    const claim = await readClaim(client, ref);
    if (claim) await setProperties(client, ref, { [property.claim]: "" });
    return claim;
}
