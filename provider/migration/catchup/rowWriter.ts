import { deleteKeys, sendInsert, sendKeyless, sendUpsert } from "../../milvus/rows/inserts";
import { rowsOfKeys } from "../../milvus/rows/pages";
import { strong } from "../../milvus/rows/readPoint";
import {
    type Column,
    columnOf,
    compileColumns,
    type Destination,
    insertRequests,
    type Key,
    keyAt,
    keysOf,
    type LineBreaks,
    type MapPage,
    selectRows,
    type WireColumn,
} from "../../wire";
import { sendRows } from "../copy/sendRows";
import type { Endpoint } from "../read/endpoint";

export interface RowWriterOptions {
    /** The primary key's name. */
    key: string;
    /** True if the server generates keys by default: an upsert would generate new ones. */
    autoId: boolean;
    /** True if the rows have a dynamic field. */
    isDynamic?: boolean;
    batchBytes: number;
    lineBreaks: LineBreaks;
    /** Columns that an existing row keeps (`stay`), and their values in a new row (`begin`). */
    targetOnly?: { stay: readonly WireColumn[]; begin: readonly WireColumn[] } | undefined;
    /** Runs before each write. Fails if another run has taken over the copy. */
    confirm?: (() => Promise<void>) | undefined;
}

/** Rows that are sent together. */
interface Rows {
    columns: readonly Column[];
    keys: readonly Key[];
}

/** The maximum number of keys that one delete or one query names. */
const NAMED_KEYS = 4096;

/** Writes and deletes single rows of a copy. */
export class RowWriter {
    private readonly targetOnly: { fields: string[]; stay: MapPage; begin: MapPage } | undefined;

    constructor(
        private readonly endpoint: Endpoint,
        private readonly options: RowWriterOptions,
    ) {
        const { targetOnly } = options;
        this.targetOnly = targetOnly && {
            fields: targetOnly.stay.map(({ name }) => name),
            stay: compileColumns(targetOnly.stay),
            begin: compileColumns(targetOnly.begin),
        };
    }

    /** True if a row is replaced by a delete and an insert, between which it is missing. */
    get deletesFirst(): boolean {
        const { autoId, isDynamic = false } = this.options;
        return autoId || (isDynamic && this.endpoint.capabilities.upsertMerges);
    }

    /** Inserts rows, or replaces those with the same keys. `columns` hold as many rows as `keys`. */
    async put(
        columns: readonly Column[],
        keys: readonly Key[],
        partition: string | undefined,
    ): Promise<void> {
        if (keys.length === 0) return;
        for (const rows of await this.withTargetOnly({ columns, keys })) await this.send(rows, partition);
    }

    /** Inserts rows whose keys the server generates; returns these. `keyOf` names a row in messages. */
    async insert(
        columns: readonly Column[],
        { rows, keyOf }: { rows: number; keyOf: (row: number) => Key },
        partition: string | undefined,
    ): Promise<bigint[]> {
        const { client, ref } = this.endpoint;
        const { batchBytes, confirm } = this.options;
        const newKeys: bigint[] = [];
        for (const batch of insertRequests(this.destination(partition), columns, rows, batchBytes)) {
            await confirm?.();
            const sending = { client, collection: ref.name, columns, rows, keyOf };
            newKeys.push(...(await sendRows(sendKeyless, batch, sending)));
        }
        return newKeys;
    }

    private destination(partition: string | undefined): Destination {
        const { client, ref } = this.endpoint;
        return {
            dbName: ref.database ?? client.database,
            collectionName: ref.name,
            ...(partition !== undefined && { partitionName: partition }),
        };
    }

    private async send({ columns, keys }: Rows, partition: string | undefined): Promise<void> {
        const { client, capabilities, ref } = this.endpoint;
        const { batchBytes, confirm } = this.options;
        // milvus-lite deletes a key in any partition: a later delete in the old partition would also delete this row.
        if (this.deletesFirst) await this.remove(keys, capabilities.lite ? undefined : partition);
        const send = this.deletesFirst ? sendInsert : sendUpsert;
        const rows = keys.length;
        for (const batch of insertRequests(this.destination(partition), columns, rows, batchBytes)) {
            await confirm?.();
            await sendRows(send, batch, {
                client,
                collection: ref.name,
                columns,
                rows,
                keyOf: (row) => keys[row]!,
            });
        }
    }

    /** Adds the target-only columns: existing rows keep their values, new rows get the initial ones. */
    private async withTargetOnly(rows: Rows): Promise<Rows[]> {
        const { targetOnly } = this;
        if (!targetOnly) return [rows];
        const { key, lineBreaks } = this.options;
        const source = {
            ...this.endpoint,
            collectionId: undefined,
            fields: [key, ...targetOnly.fields],
            key,
            lineBreaks,
        };
        const fresh = new Map(rows.keys.map((own, row) => [own, row]));
        const whole: Rows[] = [];
        for (let at = 0; at < rows.keys.length; at += NAMED_KEYS) {
            const named = rows.keys.slice(at, at + NAMED_KEYS);
            // The query covers all partitions: a row may have moved to another one.
            for (const page of await rowsOfKeys(
                { ...source, partition: undefined, readPoint: strong },
                named,
            )) {
                if (page.rows === 0) continue;
                const own = keysOf(columnOf(page, key));
                const [there, chosen]: [number[], number[]] = [[], []];
                for (let row = 0; row < page.rows; row++) {
                    const place = fresh.get(keyAt(own, row));
                    // An older version of a key that the answer already contained.
                    if (place === undefined) continue;
                    fresh.delete(keyAt(own, row));
                    there.push(row);
                    chosen.push(place);
                }
                if (there.length === 0) continue;
                const stays = { columns: selectRows(page.columns, there), rows: there.length };
                whole.push(chosenOf(rows, chosen, targetOnly.stay(stays)));
            }
        }
        const begun = [...fresh.values()];
        if (begun.length > 0)
            whole.push(chosenOf(rows, begun, targetOnly.begin({ columns: [], rows: begun.length })));
        return whole;
    }

    async remove(keys: readonly Key[], partition: string | undefined): Promise<void> {
        const { client, ref } = this.endpoint;
        const { key: field, lineBreaks, confirm } = this.options;
        for (let at = 0; at < keys.length; at += NAMED_KEYS) {
            const named = await this.keysInPartition(partition, keys.slice(at, at + NAMED_KEYS));
            if (named.length === 0) continue;
            await confirm?.();
            await deleteKeys(client, ref, { field, keys: named, partition, lineBreaks });
        }
    }

    /**
     * The keys that a delete may name. milvus-lite deletes a key in any partition, not only in the named one (measured
     * on 3.2.2): a key that has moved to another partition has to stay.
     */
    private async keysInPartition(
        partition: string | undefined,
        keys: readonly Key[],
    ): Promise<readonly Key[]> {
        if (partition === undefined || !this.endpoint.capabilities.lite) return keys;
        const { key, lineBreaks } = this.options;
        const source = {
            ...this.endpoint,
            collectionId: undefined,
            fields: [key],
            key,
            partition,
            lineBreaks,
        };
        const pages = await rowsOfKeys({ ...source, readPoint: strong }, keys);
        return pages.flatMap((page) => {
            if (page.rows === 0) return [];
            const there = keysOf(columnOf(page, key));
            return Array.from({ length: there.count }, (_, row) => keyAt(there, row));
        });
    }
}

function chosenOf({ columns, keys }: Rows, chosen: readonly number[], more: readonly Column[]): Rows {
    return { columns: [...selectRows(columns, chosen), ...more], keys: chosen.map((row) => keys[row]!) };
}
