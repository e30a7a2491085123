import { countText, rowsText } from "../../inputs/report/figures";
import type { CollectionRef } from "../../milvus/collection/collections";
import type { PartitionMapping } from "../../plan/mapping/mapping";
import { RunError } from "../errors";
import { waitForGrace } from "../catchup/mergePasses";
import { loadTemporarily } from "../lifecycle/temporaryLoad";
import { forgetCutover, recordPhase } from "../properties/cutoverRecord";
import { countCarried, type Endpoint } from "../read/endpoint";
import type { Report } from "../report";
import type { Cutover } from "./cutover";
import { type CutoverEvent, enteredPhase, type Phase, Phases } from "./phases";

export interface Paused {
    source: Endpoint;
    target: Endpoint;
    partitions: PartitionMapping;
    /** Rows of the old collection as the server counts them, including every version of a key. */
    counted: number;
    /** Seconds. */
    grace: number;
    report: Report;
}

/** The cutover without writers: waits for the grace of the old collection, then counts its rows again. */
export class PausedCutover implements Cutover {
    private readonly phases: Phases;
    private switchedAt = Date.now();

    constructor(
        private readonly paused: Paused,
        phase: Phase = "copied",
    ) {
        this.phases = new Phases(phase);
    }

    get phase(): Phase {
        return this.phases.phase;
    }

    renamed(source: CollectionRef, target: CollectionRef): void {
        this.paused.source = { ...this.paused.source, ref: source };
        this.paused.target = { ...this.paused.target, ref: target };
    }

    prepareSwitch(): Promise<void> {
        if (this.phases.is("copied")) this.enter("catch-up");
        return Promise.resolve();
    }

    undoSwitch(): Promise<void> {
        this.enter("undo");
        return Promise.resolve();
    }

    async completeSwitch(): Promise<void> {
        this.enter("switch");
        this.switchedAt = Date.now();
        const { client, capabilities, ref } = this.paused.target;
        if (capabilities.alterProperties) await recordPhase(client, ref, "switched");
    }

    /** Errors: `MV341` if the row count of the old collection differs from the number of copied rows. */
    async finish(): Promise<void> {
        const { source, partitions, counted, grace, report } = this.paused;
        // An empty collection has no readers to wait for.
        if (counted > 0) await waitForGrace(report, source.ref.name, this.switchedAt + grace * 1000);
        const restoreLoad = await loadTemporarily(source.client, source.ref, report);
        const now = await countCarried(source, partitions);
        await restoreLoad();
        if (now !== counted) throw wasWritten(source.ref.name, now, counted);
        this.enter("finish");
    }

    private enter(event: CutoverEvent): void {
        this.phases.enter(event);
        enteredPhase(this.paused.report, event === "undo" ? undefined : this.phases.phase);
    }

    async forget(): Promise<void> {
        const { client, capabilities, ref } = this.paused.target;
        if (capabilities.alterProperties) await forgetCutover(client, ref);
    }
}

function wasWritten(name: string, now: number, counted: number): RunError {
    return new RunError(
        "MV341",
        `${name}: not dropped. It holds ${rowsText(now)} and held ${countText(counted)} when it was copied, though migration.writes is "paused". ` +
            "Both collections are kept. Copy the written rows to the new one by hand, drop the old one, and run `pulumi refresh`",
    );
}
