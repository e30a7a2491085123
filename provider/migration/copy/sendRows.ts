import type { MilvusClient } from "../../milvus/transport/client";
import { isMilvusError } from "../../milvus/transport/errors";
import { type Batch, type Column, type Key, refusedValue } from "../../wire";
import { RunError } from "../errors";
import { keyText } from "../keys/keyText";

/** Sends an encoded batch that holds `rows` rows. */
type Send<T> = (client: MilvusClient, collection: string, request: Buffer, rows: number) => Promise<T>;

export interface Sending {
    client: MilvusClient;
    collection: string;
    /** The columns that the batch was cut from, and the keys of their rows. */
    columns: readonly Column[];
    rows: number;
    keyOf: (row: number) => Key;
}

/** Sends a batch. If the server refuses it, the row that it refuses is named where it is known: `MV309`. */
export async function sendRows<T>(
    send: Send<T>,
    { request, from, to }: Batch,
    { client, collection, columns, rows, keyOf }: Sending,
): Promise<T> {
    try {
        return await send(client, collection, request, to - from);
    } catch (error) {
        const found = isMilvusError(error, "invalid", "rejected") && refusedValue(columns, rows, from, to);
        if (!found) throw error;
        const { column, row, value } = found;
        throw new RunError(
            "MV309",
            `${column}: the row with the key ${keyText(keyOf(row))} holds ${value}, which the server refuses (${(error as Error).message}). Change the row, or the schema`,
        );
    }
}
