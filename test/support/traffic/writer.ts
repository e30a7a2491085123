import { setTimeout as delay } from "node:timers/promises";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { MilvusError } from "../../../provider/milvus/transport/errors";
import type { Message } from "../../../provider/milvus/transport/protocol";
import { Random } from "../data/random";
import { fieldsData, type Version } from "./rows";

/** The clients' record: the last acknowledged version of each key, without deleted keys. */
export type Oracle = Map<bigint, number>;

export interface Traffic {
    client: MilvusClient;
    /** Clients use the alias, and know no collection. */
    alias: string;
    oracle: Oracle;
    seed: number;
    /** Maximum operations per second: each row written or deleted is one. */
    rate: number;
    /**
     * Whether rows have dynamic keys: then clients also delete rows and insert them again with fewer keys. An upsert adds
     * keys alone, because milvus-lite 3 keeps those that the upsert leaves out.
     */
    isDynamic?: boolean;
    /** The columns of rows before the switch and after it; what one collection refuses goes to the other one. */
    forms?: readonly ((rows: readonly Version[]) => Message[])[];
    /** False where the server generates the keys: then clients delete a row by its `id` and insert it again. */
    upserts?: boolean;
}

/** A client that writes until it is stopped, one request after the other. */
export interface Writer {
    /**
     * Ends after the current request; fails if the server rejects that for another minute. Returns the numbers of
     * acknowledged operations.
     */
    stop(): Promise<{ inserted: number; changed: number; deleted: number; refused: number }>;
}

/** Rows per request. */
const BATCH = 20;
/** How long the last request is retried while the server rejects it. */
const LAST_MS = 60_000;

/**
 * Inserts, changes and deletes rows at random. A rejected request is retried until it is accepted, so that the oracle
 * is exact.
 */
export function startWriter({
    client,
    alias,
    oracle,
    seed,
    rate,
    isDynamic = false,
    forms = [(rows) => fieldsData(rows, isDynamic)],
    upserts = true,
}: Traffic): Writer {
    const random = new Random(seed);
    const keys = [...oracle.keys()];
    const done = { inserted: 0, changed: 0, deleted: 0, refused: 0 };
    let next = BigInt(seed) * 1_000_000_000n;
    let version = 1;
    let stopped = false;
    let givesUp = Infinity;
    const send = async (method: string, request: () => object) => {
        for (;;) {
            try {
                await client.call(method, { collection_name: alias, ...request() }, { seconds: 60 });
                return;
            } catch (error) {
                if (!(error instanceof MilvusError)) throw error;
                if (++done.refused > 10_000 || Date.now() > givesUp) throw error;
                await delay(20);
            }
        }
    };
    let form = 0;
    const put = async (method: "Insert" | "Upsert", rows: Version[]) => {
        await send(method, () => ({
            fields_data: forms[form++ % forms.length]!(rows),
            num_rows: rows.length,
        }));
        form--;
        for (const { key, version: written } of rows) oracle.set(key, written);
    };
    const pick = () => {
        const chosen = new Set<number>();
        while (chosen.size < Math.min(BATCH, keys.length)) chosen.add(random.below(keys.length));
        return [...chosen];
    };
    const reinsert = async () => {
        if (isDynamic) version += version % 2;
        const rows = pick().map((place) => ({ key: keys[place]!, version }));
        await send("Delete", () => ({ expr: `id in [${rows.map(({ key }) => key).join(", ")}]` }));
        await put("Insert", rows);
        done.changed += rows.length;
    };
    const turns = [
        async () => {
            const rows = Array.from({ length: BATCH }, () => ({ key: next++, version }));
            await put("Insert", rows);
            keys.push(...rows.map(({ key }) => key));
            done.inserted += BATCH;
        },
        async () => {
            if (!upserts) return reinsert();
            if (isDynamic) version += 1 - (version % 2);
            const rows = pick().map((place) => ({ key: keys[place]!, version }));
            await put("Upsert", rows);
            done.changed += rows.length;
        },
        async () => {
            const gone = pick().sort((a, b) => b - a);
            const named = gone.map((place) => keys[place]!);
            await send("Delete", () => ({ expr: `id in [${named.join(", ")}]` }));
            for (const place of gone) {
                keys[place] = keys.at(-1)!;
                keys.pop();
            }
            for (const key of named) oracle.delete(key);
            done.deleted += named.length;
        },
        ...(isDynamic ? [reinsert] : []),
    ];
    const run = async () => {
        const began = Date.now();
        for (let turn = 0; !stopped; turn++) {
            version++;
            await turns[turn % turns.length]!();
            await delay(Math.max(0, began + ((turn + 1) * BATCH * 1000) / rate - Date.now()));
        }
    };
    const running = run();
    running.catch(() => undefined);
    return {
        stop: async () => {
            stopped = true;
            givesUp = Date.now() + LAST_MS;
            await running;
            return done;
        },
    };
}
