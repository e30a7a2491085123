import { countText, rowsText } from "../../inputs/report/figures";
import type { MilvusClient } from "../transport/client";
import { at, type CollectionRef } from "../collection/collections";
import { checkStatus, MilvusError } from "../transport/errors";
import { retryRepeatable, retryWhenThrottled } from "../transport/retry";
import { type Rpc, rpc } from "../transport/protocol";
import { trafficOf } from "../transport/traffic";
import { ROWS_SECONDS } from "./rows";
import { keysFilter, type LineBreaks } from "../../wire/rows/filter";
import type { Key } from "../../wire/rows/keys";

// The keys in the answer are not decoded: as objects they were most of the garbage of a copy.
const insert = rpc("Insert", ["status", "insert_cnt"]);
const insertKeyless = rpc("Insert", ["status", "insert_cnt", "IDs"]);
const upsert = rpc("Upsert", ["status", "upsert_cnt"]);
const remove = rpc("Delete", ["status"]);

/** Sends an encoded batch that holds `rows` rows. */
type SendRows = (client: MilvusClient, collection: string, request: Buffer, rows: number) => Promise<void>;

const sender =
    (method: Rpc, name: string, count: string, retry: typeof retryRepeatable): SendRows =>
    (client, collection, request, rows) =>
        retry(async () => {
            const what = `${name} ${collection}`;
            requireStored(what, rows, Number((await send(client, method, what, request))[count]));
            trafficOf()?.sent(request.length);
        });

function requireStored(what: string, rows: number, stored: number): void {
    if (stored === rows) return;
    throw new MilvusError(
        "short-write",
        `${what}: ${rowsText(rows)} sent, the server stored ${countText(stored)}`,
    );
}

/** Sends a batch of rows whose keys do not exist yet. */
export const sendInsert = sender(insert, "Insert", "insert_cnt", retryWhenThrottled);

/**
 * Sends a batch of rows whose Int64 keys the server generates, and returns these keys in the order of the rows. Errors:
 * `short-write` if the answer does not have a key for each row.
 */
export function sendKeyless(
    client: MilvusClient,
    collection: string,
    request: Buffer,
    rows: number,
): Promise<bigint[]> {
    return retryWhenThrottled(async () => {
        const what = `Insert ${collection}`;
        const answer = await send(client, insertKeyless, what, request);
        requireStored(what, rows, Number(answer.insert_cnt));
        trafficOf()?.sent(request.length);
        const { int_id: ids } = (answer.IDs ?? {}) as { int_id?: { data?: string[] } | null };
        const keys = (ids?.data ?? []).map(BigInt);
        requireStored(`the keys of ${what}`, rows, keys.length);
        return keys;
    });
}

/** Sends a batch of rows that replace the rows with the same keys. The server must not generate the keys (`autoId`). */
export const sendUpsert = sender(upsert, "Upsert", "upsert_cnt", retryRepeatable);

/** Deletes rows by their keys; keys that do not exist are ignored. */
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
    return retryRepeatable(async () => {
        await send(client, remove, `Delete ${ref.name}`, request);
    });
}

export interface Deletion {
    /** The name of the primary key. */
    field: string;
    keys: readonly Key[];
    partition: string | undefined;
    lineBreaks: LineBreaks;
}

async function send(
    client: MilvusClient,
    method: Rpc,
    what: string,
    request: Buffer,
): Promise<Record<string, unknown>> {
    const answer = method.decode(await client.send(method.path, request, what, { atLeast: ROWS_SECONDS }));
    checkStatus(what, (answer.status as Record<string, unknown> | null) ?? { error_code: "no status" });
    return answer;
}
