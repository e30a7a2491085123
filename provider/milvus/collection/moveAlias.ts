import { setTimeout as delay } from "node:timers/promises";

import type { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";
import { keyValues } from "../transport/keyValue";
import { alterAlias, type AliasRef } from "./aliases";
import { describeCollection } from "./collections";

/** How long to wait until a proxy follows an alias. */
const FOLLOW_MS = 10_000;
/** Several proxies may answer: as many answers in a row have to be those of the new target. */
const ANSWERS = 3;

/**
 * Points an alias at another collection in one atomic step, and asks through it until the new target answers: a proxy can stay
 * on the former one for good, until the alias is altered again (issue 51313). Returns false if one still answers from the former
 * target at the end.
 */
export async function moveAlias(
    client: MilvusClient,
    ref: AliasRef,
    collection: string,
    followMs = FOLLOW_MS,
): Promise<boolean> {
    await alterAlias(client, ref, collection);
    const isStale = await staleness(client, ref, collection);
    if (!isStale) return true;
    const end = Date.now() + followMs;
    for (let answers = 0, asked = 1; ; asked++) {
        answers = (await isStale()) ? 0 : answers + 1;
        if (answers === ANSWERS) return true;
        if (answers > 0) continue;
        if (Date.now() >= end) return false;
        if (asked % ANSWERS === 0) await alterAlias(client, ref, collection);
        await delay(100);
    }
}

/**
 * Whether a query through the alias reaches another collection than the target, by the target's id. Undefined where this cannot be
 * asked: milvus-lite has no ids, and a collection that is not loaded answers no query.
 */
async function staleness(
    client: MilvusClient,
    { database, alias }: AliasRef,
    collection: string,
): Promise<(() => Promise<boolean>) | undefined> {
    const target = await describeCollection(client, { database, name: collection }).catch(() => undefined);
    const key = target?.fields.find(({ isPrimaryKey }) => isPrimaryKey);
    const id = target?.collectionId;
    if (!key || id === undefined) return undefined;
    const request = {
        ...(database !== undefined && { db_name: database }),
        collection_name: alias,
        expr: "",
        output_fields: [key.name],
        consistency_level: "Eventually",
        query_params: keyValues({ limit: "1", iterator: "True", collection_id: id }),
    };
    // Any other refusal says nothing about the alias.
    return () =>
        client.call("Query", request, { about: alias }).then(
            () => false,
            (error: unknown) => isMilvusError(error, "invalid") && OTHER_COLLECTION.test(error.message),
        );
}

/** Source: internal/proxy/task_query.go, which compares `collection_id` with the collection of the name (2.4). */
const OTHER_COLLECTION = /collection ?id|alias .*may have (changed|moved)/i;
