import { setTimeout as delay } from "node:timers/promises";

import type { MilvusClient } from "./client";
import { at, type CollectionRef } from "./collections";
import { checkStatus, isMilvusError, MilvusError } from "./errors";
import { type Rpc, rpc } from "./protocol";
import { ROWS_SECONDS } from "./rows";
import { keysFilter, type LineBreaks } from "./wire/filter";
import type { Key } from "./wire/keys";

const insert = rpc("Insert");
const upsert = rpc("Upsert");
const remove = rpc("Delete");

/** A server under its rate limit gets so much time, in all, to take a batch. */
const PATIENCE_MS = 5 * 60_000;

/** Sends a batch of rows whose keys are not there yet. */
export function sendInsert(
    client: MilvusClient,
    collection: string,
    request: Buffer,
    rows: number,
): Promise<void> {
    return patiently(async () => {
        const answer = await send(client, insert, `Insert ${collection}`, request);
        const taken = Number(answer.insert_cnt);
        if (taken !== rows) throw lost(`Insert ${collection}`, rows, taken);
    });
}

/** Sends a batch of rows that take the place of those with their keys. The server must not make the keys itself. */
export function sendUpsert(
    client: MilvusClient,
    collection: string,
    request: Buffer,
    rows: number,
): Promise<void> {
    return patiently(async () => {
        const answer = await send(client, upsert, `Upsert ${collection}`, request);
        const taken = Number(answer.upsert_cnt);
        if (taken !== rows) throw lost(`Upsert ${collection}`, rows, taken);
    });
}

/** Deletes rows by their keys; one that is not there is none to delete. */
export function deleteKeys(
    client: MilvusClient,
    ref: CollectionRef,
    { field, keys, partition, lineBreaks }: Deletion,
): Promise<void> {
    const request = remove.encode({
        ...at(ref),
        expr: keysFilter(field, keys, lineBreaks),
        ...(partition !== undefined && { partition_name: partition }),
    });
    return patiently(async () => {
        await send(client, remove, `Delete ${ref.name}`, request);
    });
}

export interface Deletion {
    /** The primary key's name. */
    field: string;
    keys: readonly Key[];
    partition: string | undefined;
    lineBreaks: LineBreaks;
}

/** A server that asks for a slower pace is asked again, ever later; all else is a failure. */
async function patiently(call: () => Promise<void>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    for (let pause = 250; ; pause = Math.min(pause * 2, 10_000)) {
        try {
            return await call();
        } catch (error) {
            if (!isMilvusError(error, "rate-limited") || Date.now() + pause > end) throw error;
            // A random part, so that several writers do not come back all at once.
            await delay(pause * (0.5 + Math.random()));
        }
    }
}

async function send(
    client: MilvusClient,
    method: Rpc,
    what: string,
    request: Buffer,
): Promise<Record<string, unknown>> {
    const answer = method.decode(await client.send(method.path, request, what, { seconds: ROWS_SECONDS }));
    checkStatus(what, (answer.status as Record<string, unknown> | null) ?? { error_code: "no status" });
    return answer;
}

function lost(what: string, rows: number, taken: number): MilvusError {
    return new MilvusError("bad-answer", `${what}: ${rows} rows were sent, the server took ${taken}`);
}
