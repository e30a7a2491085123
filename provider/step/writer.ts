import { deleteKeys, sendInsert, sendUpsert } from "../milvus/inserts";
import { rowsOfKeys } from "../milvus/pages";
import { strong } from "../milvus/readPoint";
import {
    type Column,
    columnOf,
    insertRequests,
    type Key,
    keyAt,
    keysOf,
    type LineBreaks,
} from "../milvus/wire";
import { capabilities } from "../observe/capabilities";
import type { Side } from "./sides";

export interface WriterOptions {
    /** The primary key's name. */
    key: string;
    /** True where the server makes keys unless told: an upsert would make new ones. */
    autoId: boolean;
    batchBytes: number;
    lineBreaks: LineBreaks;
}

/** How many keys one delete names. */
const DELETE_KEYS = 4096;

/** Brings single rows of a copy up to date. */
export class Writer {
    constructor(
        private readonly side: Side,
        private readonly options: WriterOptions,
    ) {}

    /** Puts rows in, in the place of those with their keys. `columns` are as many rows as `keys`. */
    async put(
        columns: readonly Column[],
        keys: readonly Key[],
        partition: string | undefined,
    ): Promise<void> {
        if (keys.length === 0) return;
        const { client, ref } = this.side;
        const { autoId, batchBytes } = this.options;
        if (autoId) await this.remove(keys, partition);
        const to = {
            dbName: ref.database ?? client.database,
            collectionName: ref.name,
            ...(partition !== undefined && { partitionName: partition }),
        };
        const send = autoId ? sendInsert : sendUpsert;
        for (const { request, from, to: end } of insertRequests(to, columns, keys.length, batchBytes))
            await send(client, ref.name, request, end - from);
    }

    async remove(keys: readonly Key[], partition: string | undefined): Promise<void> {
        const { client, ref } = this.side;
        const { key: field, lineBreaks } = this.options;
        for (let at = 0; at < keys.length; at += DELETE_KEYS) {
            const named = await this.standingIn(partition, keys.slice(at, at + DELETE_KEYS));
            if (named.length > 0)
                await deleteKeys(client, ref, { field, keys: named, partition, lineBreaks });
        }
    }

    /**
     * The keys that a delete may name. milvus-lite deletes a key in whichever partition it is (measured on 3.2.2): one
     * that has moved to another meanwhile has to stay.
     */
    private async standingIn(partition: string | undefined, keys: readonly Key[]): Promise<readonly Key[]> {
        const { client } = this.side;
        if (partition === undefined || !(await capabilities(client)).lite) return keys;
        const { key, lineBreaks } = this.options;
        const source = { ...this.side, collectionId: undefined, fields: [key], key, partition, lineBreaks };
        const pages = await rowsOfKeys({ ...source, readPoint: strong }, keys);
        return pages.flatMap((page) => {
            if (page.rows === 0) return [];
            const there = keysOf(columnOf(page, key));
            return Array.from({ length: there.count }, (_, row) => keyAt(there, row));
        });
    }
}
