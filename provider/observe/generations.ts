import { inflateRawSync } from "node:zlib";

import { listAliases } from "../milvus/collection/aliases";
import type { MilvusClient } from "../milvus/transport/client";
import { type CollectionRef, describeCollection, listCollections } from "../milvus/collection/collections";
import { serverTime } from "../milvus/rows/readPoint";
import type { Generation, Generations, LeaseState } from "./generation";
import { isHeldElsewhere, type LeaseHolder, parseLease } from "./lease";
import { readMarker } from "./ownershipMarker";
import { property } from "./properties";

/** Which collections of a database to look at. */
export interface GenerationQuery {
    database: string | undefined;
    /** Names that copies of the resource begin with. */
    prefixes: readonly string[];
    /** Further names that count as a whole, as that of the collection that is retained. */
    names?: readonly (string | undefined)[];
}

/**
 * Every collection of a resource with what stands on it: ownership marker, successor, retained collection, checkpoint,
 * lease, fence and aliases. Collections without our marker count where their name was asked for as a whole.
 */
export async function observeGenerations(
    client: MilvusClient,
    { database, prefixes, names = [] }: GenerationQuery,
    holder: LeaseHolder,
): Promise<Generations> {
    const all = await listCollections(client, database);
    const isAsked = (name: string) =>
        names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
    const found: Generation[] = [];
    for (const name of all.filter(isAsked)) {
        const one = await observeGeneration(client, { database, name }, holder);
        if (one && (one.marker || names.includes(name))) found.push(one);
    }
    // The server may answer for a name that it does not list, an alias or the trace of a rename: see plan/recovery/located.ts.
    for (const name of names.filter((one) => one !== undefined && !all.includes(one))) {
        const one = await observeGeneration(client, { database, name: name! }, holder);
        if (one) found.push(one);
    }
    // What they name may have any name.
    for (const { previous, successor } of [...found])
        for (const link of [previous, successor]) {
            if (!link || found.some(({ ref }) => ref.name === link.name)) continue;
            const { database, name } = link;
            const one = await observeGeneration(client, { database, name }, holder);
            if (one) found.push(one);
        }
    return { found, names: new Set(all) };
}

/** One collection; undefined where there is none under this name. */
export async function observeGeneration(
    client: MilvusClient,
    ref: CollectionRef,
    holder: LeaseHolder,
): Promise<Generation | undefined> {
    const described = await describeCollection(client, ref);
    if (!described) return undefined;
    const { properties } = described;
    const text = (key: string) => properties[key] || undefined;
    return {
        ref,
        marker: readMarker(described).marker,
        aliases: await listAliases(client, ref),
        successor: parseSuccessor(text(property.successor)),
        previous: parseRef(text(property.previous)),
        checkpoint: parseProgress(text(property.checkpoint)),
        lease: await leaseState(client, text(property.lease), holder),
        isFenced: isFenced(properties),
    };
}

/** The value of `fenced` once the fence was lifted, on servers that cannot delete a property. */
export const LIFTED = "lifted";

function isFenced(properties: Record<string, string>): boolean {
    const before = properties[property.fenced];
    return before !== undefined && before !== LIFTED;
}

async function leaseState(
    client: MilvusClient,
    text: string | undefined,
    holder: LeaseHolder,
): Promise<LeaseState> {
    const lease = parseLease(text);
    if (!lease) return "none";
    const isHeld = isHeldElsewhere(lease, holder) && lease.until > (await serverTime(client));
    return isHeld ? "held" : "free";
}

function parseSuccessor(text: string | undefined): Generation["successor"] {
    const ref = parseRef(text);
    // The text keeps the word of the first release.
    return ref && { ...ref, retain: (JSON.parse(text!) as { keep?: boolean }).keep ?? false };
}

/** Undefined for text that was written by another hand, or a release that is not known here. */
function parseRef(text: string | undefined): CollectionRef | undefined {
    try {
        const { database, name } = JSON.parse(text ?? "{}") as Partial<CollectionRef>;
        return name === undefined ? undefined : { database, name };
    } catch {
        return undefined;
    }
}

function parseProgress(text: string | undefined): Generation["checkpoint"] {
    try {
        const packed = text && inflateRawSync(Buffer.from(text, "base64")).toString("utf8");
        const { plan, rows } = JSON.parse(packed ?? "{}") as { plan?: string; rows?: number };
        return plan === undefined ? undefined : { plan, rows: rows ?? 0 };
    } catch {
        return undefined;
    }
}
