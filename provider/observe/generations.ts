import { inflateRawSync } from "node:zlib";

import { listAliases } from "../milvus/collection/aliases";
import type { MilvusClient } from "../milvus/transport/client";
import { type CollectionRef, describeCollection, listCollections } from "../milvus/collection/collections";
import { serverTime } from "../milvus/rows/readPoint";
import type { Generation, Generations, LeaseState } from "./generation";
import { isHeldElsewhere, type LeaseHolder, parseLease } from "./lease";
import { readMarker } from "./ownershipMarker";
import { property } from "./properties";

/** Selects the collections of a database to observe. */
export interface GenerationQuery {
    database: string | undefined;
    /** Prefixes of the names of the resource's copies. */
    prefixes: readonly string[];
    /** Further exact names, such as that of the retained collection. */
    names?: readonly (string | undefined)[];
}

/**
 * Every collection of a resource with everything stored on it: ownership marker, successor, retained collection,
 * checkpoint, lease, fence and aliases. A collection without our marker counts only if its exact name was given.
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
    // The server may answer for a name that it does not list: an alias, or the rest of a rename (see
    // plan/recovery/located.ts).
    for (const name of names.filter((one) => one !== undefined && !all.includes(one))) {
        const one = await observeGeneration(client, { database, name: name! }, holder);
        if (one) found.push(one);
    }
    // A retained collection and a successor may have unrelated names.
    for (const { previous, successor } of [...found])
        for (const link of [previous, successor]) {
            if (!link || found.some(({ ref }) => ref.name === link.name)) continue;
            const { database, name } = link;
            const one = await observeGeneration(client, { database, name }, holder);
            if (one) found.push(one);
        }
    return { found, names: new Set(all) };
}

/** Observes one collection; undefined where it does not exist. */
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
    // The stored text uses the name `keep` of the first release.
    return ref && { ...ref, retain: (JSON.parse(text!) as { keep?: boolean }).keep ?? false };
}

/** Undefined for text in an unknown format, such as that of a later release. */
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
