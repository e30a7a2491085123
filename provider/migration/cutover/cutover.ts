import { setTimeout as delay } from "node:timers/promises";

import { listAliases } from "../../milvus/aliases";
import type { Capabilities } from "../../observe/state";
import type { PartitionMapping } from "../../plan/mapping/mapping";
import type { Collection } from "../../inputs/collection";
import { mayPauseWrites } from "../../plan/mapping/onlineWrites";
import { withKeysOpen } from "../lifecycle/create";
import { RunError } from "../errors";
import { fence, liftFence } from "../lifecycle/writeFence";
import { dropLease, type HeldLease, holdLease, takeLease } from "../properties/lease";
import { makeReadable } from "../lifecycle/temporaryLoad";
import type { Report } from "../report";
import { countCarried, type Side } from "../read/endpoint";
import { bringPartitions } from "../catchup/newPartitions";
import type { Passes } from "../catchup/passContext";
import { settle, settleUntilQuiet } from "../catchup/mergePasses";

/** A copy that is whole, on its way from the old collection's successor to the only one. */
export interface Handover {
    /** Where the old collection is now; a swap renames it. */
    moved(source: Side["ref"], target: Side["ref"]): void;
    /** Right before the alias moves: brings over what was written since the last pass, where there was any. */
    beforeSwitch(): Promise<void>;
    /** Where the switch failed: the old collection takes writes again. */
    notSwitched(): Promise<void>;
    /** Right after it: the same for what was written in between. From now on clients write to the new collection. */
    afterSwitch(): Promise<void>;
    /** Before the old one is dropped: nothing that was written to it is missing in the new one. */
    finish(): Promise<void>;
    /** When it is dropped: what was remembered of it is of no more use. */
    forget(): Promise<void>;
}

export interface Online {
    spec: Collection;
    capabilities: Capabilities;
    passes: Passes;
    /** Those of the old collection. */
    aliases: readonly string[];
    /** Rows that the last pass before the cut-over put right; undefined where that is not known any more. */
    late: number | undefined;
}

/** Passes over new rows alone, right before the switch. */
const MOST_SHORT = 5;
/** Passes over all rows until one is short enough for a pause. */
const MOST_LONG = 5;

/** With writers at work: passes over both collections until one finds nothing. */
export function onlineHandover({ spec, capabilities, passes, aliases, late }: Online): Handover {
    let switched = false;
    let isBrought = false;
    let ready = Date.now();
    let writers = late !== 0;
    let fenced = false;
    // Several aliases move at once, and two passes would write the same hashes.
    let turn: Promise<unknown> = Promise.resolve();
    const inTurn = (work: () => Promise<void>): Promise<void> => {
        const own = turn.then(work);
        turn = own.catch(() => undefined);
        return own;
    };
    /** Until the switch no other run may bring rows over: what that took for late writes could be clients'. */
    let held: HeldLease | undefined;
    let isOvertaken = false;
    const hold = async () => {
        const { client, ref } = passes.target;
        if (held || !capabilities.alterProperties) return;
        isOvertaken = true;
        await takeLease(client, ref, passes.report);
        isOvertaken = false;
        held = holdLease(client, ref);
        passes.confirm = held.confirm;
    };
    const letGo = async () => {
        const { client, ref } = passes.target;
        const own = held;
        held = passes.confirm = undefined;
        await own?.release().then(
            () => dropLease(client, ref),
            () => (isOvertaken = true),
        );
    };
    const isMoved = async () => {
        if (aliases.length === 0) return false;
        const there = await listAliases(passes.target.client, passes.target.ref);
        return there.some((alias) => aliases.includes(alias));
    };
    /** Returns how many seconds it took. */
    const bringOver = async (): Promise<number> => {
        const began = Date.now();
        const { applied, ended } = await settle(passes, "tails last", true);
        writers = applied > 0 || !ended;
        return (Date.now() - began) / 1000;
    };
    /** Without writers, too, a pass gives up behind short pages of new rows. */
    const bringOverWhole = async (): Promise<void> => {
        for (let pass = 0; pass < MOST_LONG; pass++)
            if ((await settle(passes, pass === 0 ? "tails last" : "tails alone", true)).ended) return;
    };
    const open = async <T>(work: () => Promise<T>): Promise<T> => {
        const { source, target, report } = passes;
        const closeSource = await makeReadable(source.client, source.ref, report);
        const closeTarget = await makeReadable(target.client, target.ref, report);
        try {
            // Whoever ends another run's migration may have the old collection's program: the mapping has the new one's keys.
            const made = { ...spec, fields: passes.mapping.columns.map(({ to }) => to) };
            return await withKeysOpen(target.client, target.ref, made, capabilities, work);
        } finally {
            // Partitions that were loaded for the passes may have been dropped meanwhile: nothing hangs on this.
            await closeTarget().catch(() => undefined);
            await closeSource().catch(() => undefined);
        }
    };
    /** Each pass takes as long as the last one was behind; a few are enough, or none would be. */
    const shortenTails = async () => {
        let late = Infinity;
        for (let pass = 0; pass < MOST_SHORT && late > 0; pass++)
            late = (await settle(passes, "tails alone", true)).applied;
    };
    /** The first pass has to bring over all that was written since the copy; those after it have less and less to do. */
    const shortenPause = async (): Promise<void> => {
        const most = spec.migration.maxWritePause;
        let seconds = await bringOver();
        for (let pass = 1; writers && seconds > most; pass++) {
            if (pass === MOST_LONG) throw tooLong(passes, seconds, most);
            seconds = await bringOver();
        }
    };
    const lastPasses = async (): Promise<void> => {
        const { source, report } = passes;
        const isAsked = spec.migration.maxWritePause > 0 && mayPauseWrites(capabilities);
        await (isAsked ? shortenPause() : bringOver());
        if (!writers) return;
        fenced = isAsked && (await fence(source, capabilities));
        if (!fenced) return shortenTails();
        report.say(`${source.ref.name} takes no writes any more: the last pass, then the switch`);
        try {
            await bringOverWhole();
        } catch (error) {
            await liftFence(source, capabilities);
            throw error;
        }
    };
    return {
        moved: (source, target) => {
            passes.source = { ...passes.source, ref: source };
            passes.target = { ...passes.target, ref: target };
        },
        beforeSwitch: () =>
            inTurn(async () => {
                // Once clients write to the new collection, what differs there may be theirs.
                if (switched || isBrought) return;
                await hold();
                // Another run may have moved one of them, or a call of this one whose answer was lost.
                if (await isMoved()) {
                    switched = true;
                    return;
                }
                if (writers || (await bringPartitions(passes))) await open(lastPasses);
                await held?.confirm();
                isBrought = true;
            }),
        notSwitched: () =>
            inTurn(async () => {
                isBrought = false;
                await letGo();
                // Where another run has the copy, the refusal is that one's.
                if (isOvertaken) return;
                fenced = false;
                await liftFence(passes.source, capabilities);
            }),
        afterSwitch: () =>
            inTurn(async () => {
                switched = true;
                ready = Date.now();
                await letGo();
                if (writers && !fenced) await open(() => settle(passes, "tails first"));
            }),
        finish: () => inTurn(() => open(() => settleUntilQuiet(passes, ready + spec.migration.grace * 1000))),
        forget: () => passes.folder.remove(),
    };
}

/** Without a pause a write that meets the pass may be undone by it: the program has to say that this will do. */
function tooLong({ source, target }: Passes, seconds: number, most: number): RunError {
    return new RunError(
        "MV325",
        `${source.ref.name}: clients write to it, and the last pass before the switch takes ${Math.ceil(seconds)} s, in which ` +
            `writes would be refused; migration.maxWritePause is ${most}. ${target.ref.name} has all rows up to now and stays, and ` +
            `${source.ref.name} serves as before. Raise migration.maxWritePause, pause the writers, or set it to 0: then no write is ` +
            "refused, and a row that is written on both sides of the switch at the same moment may keep the older write. Then run `pulumi up` again",
    );
}

export interface Paused {
    source: Side;
    partitions: PartitionMapping;
    /** Rows of the old collection as the server counts them, each version of a key. */
    counted: number;
    /** Seconds. */
    grace: number;
    report: Report;
}

/** Without writers: the old collection has its grace, and is counted once more. */
export function pausedHandover({ source, partitions, counted, grace, report }: Paused): Handover {
    let ready = Date.now();
    let old = source;
    return {
        moved: (ref) => void (old = { ...old, ref }),
        beforeSwitch: () => Promise.resolve(),
        notSwitched: () => Promise.resolve(),
        afterSwitch: () => Promise.resolve(void (ready = Date.now())),
        forget: () => Promise.resolve(),
        finish: async () => {
            await delay(Math.max(0, ready + grace * 1000 - Date.now()));
            const close = await makeReadable(old.client, old.ref, report);
            const now = await countCarried(old, partitions);
            await close();
            if (now !== counted)
                throw new RunError(
                    "MV341",
                    `${old.ref.name}: not dropped, it counts ${now} rows and ${counted} when it was copied, though migration.writes is "paused". ` +
                        "Both collections are kept: bring over by hand what was written to the old one, drop it, and run `pulumi refresh`",
                );
        },
    };
}
