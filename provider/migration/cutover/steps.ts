import { listAliases } from "../../milvus/collection/aliases";
import type { CollectionRef } from "../../milvus/collection/collections";
import type { LeaseHolder } from "../../observe/lease";
import type { Collection } from "../../inputs/schema/collection";
import type { MergeResult } from "../catchup/mergeRange";
import { mergePass, mergeUntilQuiet, type Order } from "../catchup/mergePasses";
import { carryOverPartitions } from "../catchup/newPartitions";
import type { Passes } from "../catchup/passContext";
import { withExplicitKeys } from "../lifecycle/create";
import { loadTemporarily } from "../lifecycle/temporaryLoad";
import { fence, liftFence } from "../lifecycle/writeFence";
import { forgetCutover, recordPhase } from "../properties/cutoverRecord";
import { dropLease, holdLease, takeLease } from "../properties/lease";
import { during } from "../report";
import { enteredPhase, type Phase } from "./phases";

export type Merged = MergeResult;

/** The lease of the copy, held until the switch. */
export interface CutoverLock {
    /** Fails if another run has taken over the copy. */
    confirm(): Promise<void>;
    /** Lets the next run resume at once. Fails if another run has taken over the copy. */
    release(): Promise<void>;
}

/** The operations of a cutover on both collections, one per step; `OnlineCutover` decides on their order. */
export interface CutoverSteps {
    /** The names of both collections, for messages. */
    names(): { source: string; target: string };
    renamed(source: CollectionRef, target: CollectionRef): void;
    /** Milliseconds since 1970. */
    now(): number;
    /** Undefined if the server stores no properties. Fails if another run works on the copy. */
    lock(): Promise<CutoverLock | undefined>;
    /** Whether an alias of the old collection already points at the copy. */
    hasMoved(): Promise<boolean>;
    /** Carries over partitions that clients created since the copy; true if there were any. */
    carryPartitions(): Promise<boolean>;
    /** Keeps both collections loaded, and lets the copy accept explicit keys, while `work` runs. */
    open<T>(work: () => Promise<T>): Promise<T>;
    merge(order: Order, isBeforeSwitch: boolean): Promise<Merged>;
    mergeUntilQuiet(graceEnds: number): Promise<void>;
    /** Makes the server refuse writes to the old collection; false if it cannot. */
    fence(): Promise<boolean>;
    liftFence(): Promise<void>;
    /** Stores the phase on the copy, where any process finds it. */
    record(phase: "switched"): Promise<void>;
    forget(): Promise<void>;
    /** Told of each phase that the cutover comes to; undefined: the switch failed. */
    entered?(phase: Phase | undefined): void;
}

export interface OnlineSteps {
    spec: Pick<Collection, "properties">;
    passes: Passes;
    /** The aliases of the old collection. */
    aliases: readonly string[];
    holder: LeaseHolder;
}

/** The steps on the collections of a server. */
export function onlineSteps({ spec, passes, aliases, holder }: OnlineSteps): CutoverSteps {
    const { report } = passes;
    const keepsProperties = passes.target.capabilities.alterProperties;
    return {
        names: () => ({ source: passes.source.ref.name, target: passes.target.ref.name }),
        renamed: (source, target) => {
            passes.source = { ...passes.source, ref: source };
            passes.target = { ...passes.target, ref: target };
        },
        now: Date.now,
        lock: async () => {
            const { client, ref } = passes.target;
            if (!keepsProperties) return undefined;
            await takeLease(client, ref, holder, report);
            const { confirm, release } = holdLease(client, ref, holder, report);
            passes.confirm = confirm;
            return {
                confirm,
                release: async () => {
                    passes.confirm = undefined;
                    await release();
                    await dropLease(client, ref);
                },
            };
        },
        hasMoved: async () => {
            if (aliases.length === 0) return false;
            const there = await listAliases(passes.target.client, passes.target.ref);
            return there.some((alias) => aliases.includes(alias));
        },
        carryPartitions: () => carryOverPartitions(passes),
        open: async (work) => {
            const { source, target } = passes;
            const restoreSource = await loadTemporarily(source.client, source.ref, report);
            const restoreTarget = await loadTemporarily(target.client, target.ref, report);
            try {
                // The mapping has the fields of the new collection; the program may be the one of the old collection.
                const made = { ...spec, fields: passes.mapping.columns.map(({ to }) => to) };
                return await withExplicitKeys(target, made, work);
            } finally {
                // Clients may have dropped partitions during the passes. A failure here has no effect.
                await restoreTarget().catch(() => undefined);
                await restoreSource().catch(() => undefined);
            }
        },
        merge: (order, isBeforeSwitch) => mergePass(passes, order, isBeforeSwitch),
        mergeUntilQuiet: (graceEnds) => mergeUntilQuiet(passes, graceEnds),
        fence: async () => {
            const isFenced = await during(report, "fence", () => fence(passes.source));
            if (isFenced)
                report.say(`${passes.source.ref.name}: blocking writes for the final pass, then switching`);
            return isFenced;
        },
        liftFence: () => liftFence(passes.source),
        record: async (phase) => {
            const { client, ref } = passes.target;
            if (keepsProperties) await recordPhase(client, ref, phase);
        },
        forget: async () => {
            await passes.folder.remove();
            if (keepsProperties) await forgetCutover(passes.target.client, passes.target.ref);
        },
        entered: (phase) => enteredPhase(report, phase),
    };
}
