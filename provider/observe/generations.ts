import { listAliases } from "../milvus/collection/aliases";
import type { MilvusClient } from "../milvus/transport/client";
import {
    absent,
    type CollectionRef,
    describeCollection,
    type DescribedCollection,
    listCollections,
} from "../milvus/collection/collections";
import { serverTime } from "../milvus/rows/readPoint";
import type { BegunPlan, Generation, Generations, LeaseState, RetainedRef, Retention } from "./generation";
import { isHeldElsewhere, type LeaseHolder, parseLease } from "./lease";
import { readMarker } from "./ownershipMarker";
import { property } from "./properties";
import { checkpointTexts, leaseTexts } from "./shards";
import { unpacked } from "./unpacked";

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
    // A database that is gone has none: what was in it went with it.
    const all = (await listCollections(client, database).catch((error: unknown) => absent(error))) ?? [];
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
    for (const { retained, successor } of [...found])
        for (const link of [...retained, successor]) {
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
    return described && generationOf(client, ref, described, holder);
}

/** The same from a description that is there. */
export async function generationOf(
    client: MilvusClient,
    ref: CollectionRef,
    described: DescribedCollection,
    holder: LeaseHolder,
): Promise<Generation> {
    const { properties } = described;
    const text = (key: string) => properties[key] || undefined;
    return {
        ref,
        marker: readMarker(described).marker,
        aliases: await listAliases(client, ref),
        successor: parseSuccessor(text(property.successor)),
        retained: parseRetained(text(property.previous)),
        keptUntil: parseTime(text(property.keptUntil)),
        origin: text(property.origin),
        checkpoint: progressOf(properties),
        approved: parseApproved(text(property.approved)),
        lease: await leaseState(client, leaseTexts(properties), holder),
        isFenced: isFenced(properties),
        detached: parseDetached(text(property.work)),
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
    texts: readonly string[],
    holder: LeaseHolder,
): Promise<LeaseState> {
    const leases = texts.map((text) => parseLease(text)).filter((lease) => lease !== undefined);
    if (leases.length === 0) return "none";
    const elsewhere = leases.filter((lease) => isHeldElsewhere(lease, holder));
    if (elsewhere.length === 0) return "free";
    const now = await serverTime(client);
    return elsewhere.some(({ until }) => until > now) ? "held" : "free";
}

function parseSuccessor(text: string | undefined): Generation["successor"] {
    const ref = parseRef(text);
    if (!ref) return undefined;
    // The stored text uses the name `keep` of the first release.
    const { keep } = JSON.parse(text!) as { keep?: boolean | Retention };
    return { ...ref, retain: keep === true ? {} : keep || undefined };
}

/** Empty for text in an unknown format. Reads the list on a description that was asked for already. */
export function parseRetained(text: string | undefined): RetainedRef[] {
    try {
        const listed = JSON.parse(text || "[]") as Partial<RetainedRef>[];
        return listed.flatMap(({ database, name, generation }) =>
            name === undefined || generation === undefined ? [] : [{ database, name, generation }],
        );
    } catch {
        return [];
    }
}

function parseTime(text: string | undefined): number | undefined {
    const time = Number(text ?? "");
    return text !== undefined && Number.isFinite(time) ? time : undefined;
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

function parseApproved(text: string | undefined): Generation["approved"] {
    try {
        const { plan, steps } = JSON.parse(text ?? "{}") as Partial<BegunPlan>;
        return plan === undefined || steps === undefined ? undefined : { plan, steps };
    } catch {
        return undefined;
    }
}

/** The hash is that of the whole copy, which stands first; the rows are those of its shards, too. */
function progressOf(properties: Record<string, string>): Generation["checkpoint"] {
    if (!properties[property.checkpoint]) return undefined;
    const [whole, ...shards] = checkpointTexts(properties).map(parseProgress);
    return whole && { ...whole, rows: shards.reduce((sum, shard) => sum + (shard?.rows ?? 0), whole.rows) };
}

function parseDetached(text: string | undefined): Generation["detached"] {
    try {
        if (text === undefined) return undefined;
        const { switchBy } = unpacked(text) as { switchBy?: unknown };
        return switchBy === "worker" ? "worker" : "up";
    } catch {
        // An order of a later release: it is one all the same.
        return "up";
    }
}

function parseProgress(text: string | undefined): Generation["checkpoint"] {
    try {
        const { plan, rows } = (text ? unpacked(text) : {}) as { plan?: string; rows?: number };
        return plan === undefined ? undefined : { plan, rows: rows ?? 0 };
    } catch {
        return undefined;
    }
}
