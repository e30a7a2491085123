import { setTimeout as delay } from "node:timers/promises";

import type { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";
import { keyValues } from "../transport/keyValue";
import { at, type CollectionRef, describeCollection } from "./collections";

/** How long to wait until a proxy follows an alias or a rename. */
const FOLLOW_MS = 10_000;
/** Several proxies may answer: as many answers in a row have to be those of the target. */
const ANSWERS = 3;

/** A collection as a query asks for it, whatever the name that the query goes by. */
export interface Target {
    key: string;
    id: string;
}

/** Undefined where a query cannot ask for it: milvus-lite has no ids. */
export async function targetOf(client: MilvusClient, ref: CollectionRef): Promise<Target | undefined> {
    const described = await describeCollection(client, ref).catch(() => undefined);
    const key = described?.fields.find(({ isPrimaryKey }) => isPrimaryKey)?.name;
    const id = described?.collectionId;
    return key === undefined || id === undefined ? undefined : { key, id };
}

/**
 * Asks through a name, or an alias, until the target answers: a proxy can have another collection of that name in its cache
 * (issue 51313). A collection that is not loaded answers no query: then nothing is waited for. Returns false if another
 * collection still answers at the end.
 *
 * @param again makes the change again, after every few answers of another collection
 */
export async function awaitFollowing(
    client: MilvusClient,
    ref: CollectionRef,
    target: Target | undefined,
    { followMs = FOLLOW_MS, again }: { followMs?: number | undefined; again?: () => Promise<void> } = {},
): Promise<boolean> {
    if (target === undefined) return true;
    const end = Date.now() + followMs;
    for (let answers = 0, asked = 1; ; asked++) {
        answers = (await isStale(client, ref, target)) ? 0 : answers + 1;
        if (answers === ANSWERS) return true;
        if (answers > 0) continue;
        if (Date.now() >= end) return false;
        if (asked % ANSWERS === 0) await again?.();
        await delay(100);
    }
}

/** Whether a query by the name reaches another collection than the target. Any other refusal says nothing about the name. */
function isStale(client: MilvusClient, ref: CollectionRef, { key, id }: Target): Promise<boolean> {
    const request = {
        ...at(ref),
        expr: "",
        output_fields: [key],
        consistency_level: "Eventually",
        query_params: keyValues({ limit: "1", iterator: "True", collection_id: id }),
    };
    return client.call("Query", request, { about: ref.name }).then(
        () => false,
        (error: unknown) => isMilvusError(error, "invalid") && OTHER_COLLECTION.test(error.message),
    );
}

/** Source: internal/proxy/task_query.go, which compares `collection_id` with the collection of the name (2.4). */
const OTHER_COLLECTION = /collection ?id|alias .*may have (changed|moved)/i;
