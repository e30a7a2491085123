import { pause } from "../../provider/milvus/transport/stopPoint";
import { isCoded } from "../../provider/migration/errors";
import type { Report } from "../../provider/migration/report";
import type { MigrationSeen } from "../../provider/plan/recovery/overview";
import { measured } from "../../provider/resource/context/reportOf";
import { copyOrder } from "../../provider/resource/work/copyOrder";
import { findOrders, type OrderedWork } from "../../provider/resource/work/orders";
import { switchOrder } from "../../provider/resource/work/switchOrder";
import { parseOwner } from "../../provider/resource/session/owner";
import type { Connected } from "../connection/withServer";
import { isDue, isWaiting, type Last } from "./due";
import type { WorkOptions } from "./options";
import type { Worked } from "./result";

/** How often a worker that stays looks for work. */
const LOOK_MS = 5_000;
/** Another worker is at work: on the copy, has taken it over, or on a shard of it. */
const busyCodes = ["MV322", "MV332", "MV380"] as const;

export interface Worker {
    connected: Connected;
    options: WorkOptions;
    isAsked: (seen: MigrationSeen) => boolean;
    report: (name: string) => Report;
    now: () => number;
    /** Told of each end of a copy. */
    ended: (worked: Worked) => void;
}

/** Works on every order that there is, one after the other, and stays as long as the options say. */
export async function work(worker: Worker): Promise<readonly Last[]> {
    const { connected, options, now } = worker;
    const last = new Map<string, Last>();
    let busyAt = now();
    for (;;) {
        const orders = await findOrders(connected.context, connected, worker.isAsked);
        for (const ordered of orders.filter((one) => isDue(last.get(keyOf(one)), now()))) {
            last.set(keyOf(ordered), await carryOut(worker, ordered));
            busyAt = now();
        }
        const isStaying = options.watch
            ? options.idleExit === undefined || now() - busyAt < options.idleExit * 1000
            : options.untilSwitched && orders.some((one) => isWaiting(last.get(keyOf(one))));
        if (!isStaying) return [...last.values()];
        await pause(LOOK_MS);
    }
}

const keyOf = ({ database, seen }: OrderedWork): string => `${database}/${seen.copy.ref.name}`;

async function carryOut(worker: Worker, ordered: OrderedWork): Promise<Last> {
    const { context } = worker.connected;
    const { database, seen, order } = ordered;
    const { owner, source, copy } = seen;
    const { logicalName } = parseOwner(owner);
    const report = worker.report(logicalName);
    const about = { database, owner, from: source.ref.name, to: copy.ref.name };
    const end = (outcome: Worked["outcome"], error?: unknown): Last => {
        const message = error === undefined ? null : (error as Error).message;
        const worked = { ...about, outcome, message };
        worker.ended(worked);
        return { worked, at: worker.now(), ...(error !== undefined && { error }) };
    };
    try {
        if (order.switchBy === "worker") {
            await switchOrder(context, ordered, report);
            return end("switched");
        }
        await copyOrder(context, ordered, measured(report, context, logicalName, owner));
        return end("ready");
    } catch (error) {
        // A worker that was told to stop does not go on with the next copy.
        if (isCoded(error, "MV355")) throw error;
        return end(busyCodes.some((code) => isCoded(error, code)) ? "busy" : "failed", error);
    }
}
