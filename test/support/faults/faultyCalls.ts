import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { MilvusError } from "../../../provider/milvus/transport/errors";

/**
 * What becomes of a call: the server refuses it alone; it refuses every change from then on; it executes it, and
 * its answer is lost; or it executes it, and the provider is killed, so that no call follows.
 */
export const faults = ["refused", "refused from then on", "lost", "killed"] as const;
export type Fault = (typeof faults)[number];

/** Calls that change something on a server. */
const isWrite = (method: string) => !/^(Alloc|Connect|Describe|Get|Has|List|Query|Select|Show)/.test(method);

/** Rows are sent as bytes, without an object for the request. */
const isOfRows = (method: string) => /^(Insert|Upsert|Delete)$/.test(method);

export interface Faulty {
    /** Names of the writing calls in their order. */
    writes: string[];
}

/** Makes the writing call with this number fail, counted from 0; without a number none fails. */
export function failWrite(client: MilvusClient, at?: number, fault: Fault = "refused"): Faulty {
    const faulty: Faulty = { writes: [] };
    const [call, send] = [client.call.bind(client), client.send.bind(client)];
    let isKilled = false;
    const failing = async <T>(method: string, counts: boolean, execute: () => Promise<T>): Promise<T> => {
        const gone = () => new MilvusError("lost", `${method}: the process was killed`);
        if (isKilled) throw gone();
        const place = counts ? faulty.writes.push(method) - 1 : undefined;
        if (place === undefined || at === undefined || place < at) return execute();
        if (fault === "refused from then on" || (fault === "refused" && place === at))
            throw new MilvusError("invalid", `${method}: refused by the test`, 1100);
        if (place !== at) return execute();
        await execute();
        isKilled = fault === "killed";
        throw gone();
    };
    client.call = (method, ...rest) =>
        failing(method, isWrite(method) && !isOfRows(method), () => call(method, ...rest));
    client.send = (path, ...rest) => {
        const method = path.slice(path.lastIndexOf("/") + 1);
        return failing(method, isOfRows(method), () => send(path, ...rest));
    };
    return faulty;
}
