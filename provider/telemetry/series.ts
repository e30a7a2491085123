import type { MeasuredMigration, MeasuredPass, MeasuredPhase, RestingPlace } from "../migration/measure";
import { measuredPhases, restingPlaces } from "../migration/measure";
import type { Progress } from "../migration/report";
import type { Traffic } from "../milvus/transport/traffic";
import type { Labels } from "./labels";
import type { Metrics } from "./metrics";

type State = MeasuredPhase | RestingPlace;

/** The names of phases and of resting places differ, so that one set has them all. The switch begins as writes are caught up. */
const states = [...measuredPhases, ...restingPlaces].filter((state) => state !== "caught-up");

/** The metrics of one migration. Times that go on are brought up to date by `refresh`, before each answer to Prometheus. */
export class Series implements Traffic {
    private pass: { began: number } | undefined;
    private leaseEnds: number | undefined;
    private copied = 0;
    private info: Record<string, string>;
    /** Since when a time is not counted yet. */
    private readonly running = new Map<MeasuredPhase | "write pause", number>();

    constructor(
        private readonly metrics: Metrics,
        private readonly labels: Labels,
        private readonly now: () => number,
    ) {
        this.info = { ...labels };
    }

    begin({ source, target, resumedRows }: MeasuredMigration): void {
        const { metrics, labels } = this;
        // A process that goes on for long has several generations, of which one is enough.
        metrics.info.remove(this.info);
        this.info = {
            ...labels,
            server: target.client.target,
            database: target.ref.database ?? target.client.database,
            source: source.ref.name,
            target: target.ref.name,
        };
        metrics.info.set(this.info, 1);
        metrics.started.set(labels, this.now() / 1000);
        // A rate begins at zero, not with the first rows.
        for (const name of ["copied", "bytes", "batches", "writePause"] as const)
            metrics[name].inc(labels, 0);
        for (const outcome of ["applied", "superseded"]) metrics.lateWrites.inc({ ...labels, outcome }, 0);
        this.copied = resumedRows;
        this.pass = undefined;
    }

    enter(state: State): void {
        for (const one of states)
            this.metrics.state.set({ ...this.labels, state: one }, one === state ? 1 : 0);
    }

    run(what: MeasuredPhase | "write pause"): void {
        this.running.set(what, this.now());
    }

    stop(what: MeasuredPhase | "write pause"): void {
        this.count(what);
        this.running.delete(what);
    }

    progress({ step, done, total }: Progress): void {
        const { metrics, labels } = this;
        if (step === "load") return metrics.loaded.set(labels, Math.min(1, done / 100));
        metrics.done.set({ ...labels, step }, done);
        metrics.expected.set({ ...labels, step }, Math.max(done, total));
        if (step !== "copy") return;
        metrics.copied.inc(labels, Math.max(0, done - this.copied));
        this.copied = Math.max(done, this.copied);
    }

    passed(phase: MeasuredPhase, { began, applied, superseded }: MeasuredPass): void {
        const { metrics, labels } = this;
        metrics.passes.inc({ ...labels, phase });
        metrics.lateWrites.inc({ ...labels, outcome: "applied" }, applied);
        metrics.lateWrites.inc({ ...labels, outcome: "superseded" }, superseded);
        metrics.lastLateWrites.set(labels, applied + superseded);
        metrics.lastPassSeconds.set(labels, (this.now() - began) / 1000);
        this.pass = { began };
    }

    sent(bytes: number): void {
        this.metrics.bytes.inc(this.labels, bytes);
        this.metrics.batches.inc(this.labels);
    }

    retried(kind: string): void {
        this.metrics.retries.inc({ ...this.labels, kind });
    }

    lease(until: number | undefined): void {
        this.leaseEnds = until;
    }

    end(outcome: "done" | "failed"): void {
        this.metrics.ended.inc({ ...this.labels, outcome });
        this.pass = undefined;
    }

    refresh(): void {
        const { metrics, labels, pass, leaseEnds } = this;
        for (const what of this.running.keys()) this.count(what);
        const left = leaseEnds === undefined ? 0 : Math.max(0, leaseEnds - this.now());
        metrics.leaseHeld.set(labels, left > 0 ? 1 : 0);
        metrics.leaseSeconds.set(labels, left / 1000);
        if (pass) metrics.lag.set(labels, (this.now() - pass.began) / 1000);
        else metrics.lag.remove({ ...labels });
    }

    private count(what: MeasuredPhase | "write pause"): void {
        const since = this.running.get(what);
        if (since === undefined) return;
        const { metrics, labels } = this;
        const now = this.now();
        const seconds = Math.max(0, now - since) / 1000;
        if (what === "write pause") metrics.writePause.inc(labels, seconds);
        else metrics.phaseSeconds.inc({ ...labels, phase: what }, seconds);
        this.running.set(what, now);
    }
}
