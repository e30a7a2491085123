import type { CollectionRef } from "../../milvus/collection/collections";
import { RunError } from "../errors";
import type { Cutover } from "./cutover";
import { type Phase, Phases } from "./phases";
import type { CutoverLock, CutoverSteps, Merged } from "./steps";

/** What the program says of a cutover with writers at work. */
export interface CutoverSettings {
    /** Seconds for which Milvus may refuse writes; 0: it never does. */
    maxWritePause: number;
    /** Seconds for which the old collection stays after the switch. */
    grace: number;
    /** Whether the server can refuse writes to one collection. */
    mayFence: boolean;
    /** Rows that the last pass before the cutover put right; undefined where that is not known any more. */
    lateWrites: number | undefined;
}

/** Passes over new rows alone, right before the switch. */
const MOST_SHORT = 5;
/** Passes over all rows until one is short enough for a pause. */
const MOST_LONG = 5;

/** With writers at work: passes over both collections until one finds nothing. */
export class OnlineCutover implements Cutover {
    private readonly phases: Phases;
    /** Whether clients were seen to write, or nobody knows. */
    private hasWriters: boolean;
    private isFenced = false;
    /** Another run has the lease of the copy: the fence is that one's. */
    private isOvertaken = false;
    private lock: CutoverLock | undefined;
    private switchedAt: number;
    /** Several aliases move at once, and two passes would write the same baseline. */
    private turn: Promise<unknown> = Promise.resolve();

    constructor(
        private readonly steps: CutoverSteps,
        private readonly settings: CutoverSettings,
        phase: Phase = "copied",
    ) {
        this.phases = new Phases(phase);
        this.hasWriters = settings.lateWrites !== 0;
        this.switchedAt = steps.now();
    }

    get phase(): Phase {
        return this.phases.phase;
    }

    renamed(source: CollectionRef, target: CollectionRef): void {
        this.steps.renamed(source, target);
    }

    prepareSwitch(): Promise<void> {
        return this.inTurn(async () => {
            // Once clients write to the new collection, what differs there may be theirs.
            if (!this.phases.is("copied")) return;
            await this.takeLock();
            if (await this.steps.hasMoved()) return this.phases.enter("overtake");
            if (this.hasWriters || (await this.steps.carryPartitions()))
                await this.steps.open(() => this.catchUp());
            await this.lock?.confirm();
            this.phases.enter("catch-up");
        });
    }

    undoSwitch(): Promise<void> {
        return this.inTurn(async () => {
            this.phases.enter("undo");
            await this.releaseLock();
            if (this.isOvertaken) return;
            this.isFenced = false;
            await this.steps.liftFence();
        });
    }

    completeSwitch(): Promise<void> {
        return this.inTurn(async () => {
            this.phases.enter("switch");
            this.switchedAt = this.steps.now();
            await this.releaseLock();
            await this.steps.record("switched");
            // What a fence let through before it held was applied by the final pass.
            if (this.hasWriters && !this.isFenced)
                await this.steps.open(() => this.merge("tail ranges first"));
        });
    }

    finish(): Promise<void> {
        return this.inTurn(async () => {
            const graceEnds = this.switchedAt + this.settings.grace * 1000;
            await this.steps.open(() => this.steps.mergeUntilQuiet(graceEnds));
            this.phases.enter("finish");
        });
    }

    forget(): Promise<void> {
        return this.steps.forget();
    }

    private inTurn(work: () => Promise<void>): Promise<void> {
        const own = this.turn.then(work);
        this.turn = own.catch(() => undefined);
        return own;
    }

    /** Until the switch no other run may carry rows over: what that took for late writes could be clients'. */
    private async takeLock(): Promise<void> {
        if (this.lock) return;
        this.isOvertaken = true;
        this.lock = await this.steps.lock();
        this.isOvertaken = false;
    }

    private async releaseLock(): Promise<void> {
        const held = this.lock;
        this.lock = undefined;
        await held?.release().catch(() => void (this.isOvertaken = true));
    }

    /** The final passes; with a fence where the program allows one and writers are at work. */
    private async catchUp(): Promise<void> {
        const { maxWritePause, mayFence } = this.settings;
        const isAsked = maxWritePause > 0 && mayFence;
        await (isAsked ? this.shortenPause(maxWritePause) : this.passOverAll());
        if (!this.hasWriters) return;
        if (!isAsked || !(await this.steps.fence())) return this.shortenTails();
        this.isFenced = true;
        this.phases.enter("fence");
        try {
            await this.passUntilWhole();
        } catch (error) {
            await this.steps.liftFence();
            this.phases.enter("lift");
            throw error;
        }
    }

    /** The first pass applies all that was written since the copy; those after it have less and less to do. */
    private async shortenPause(most: number): Promise<void> {
        let seconds = await this.passOverAll();
        for (let pass = 1; this.hasWriters && seconds > most; pass++) {
            if (pass === MOST_LONG) throw tooLong(this.steps.names(), seconds, most);
            seconds = await this.passOverAll();
        }
    }

    /** Returns how many seconds it took. */
    private async passOverAll(): Promise<number> {
        const began = this.steps.now();
        const { applied, ended } = await this.merge("tail ranges last", true);
        this.hasWriters = applied > 0 || !ended;
        return (this.steps.now() - began) / 1000;
    }

    /** Each pass takes as long as the last one was behind; a few are enough, or none would be. */
    private async shortenTails(): Promise<void> {
        for (let pass = 0; pass < MOST_SHORT; pass++)
            if ((await this.merge("tail ranges alone", true)).applied === 0) return;
    }

    /** Without writers, too, a pass gives up behind short pages of new rows. */
    private async passUntilWhole(): Promise<void> {
        for (let pass = 0; pass < MOST_LONG; pass++)
            if ((await this.merge(pass === 0 ? "tail ranges last" : "tail ranges alone", true)).ended) return;
    }

    private merge(order: Parameters<CutoverSteps["merge"]>[0], isBeforeSwitch = false): Promise<Merged> {
        return this.steps.merge(order, isBeforeSwitch);
    }
}

/** Without a pause a write that meets the pass may be undone by it: the program has to allow that explicitly. */
function tooLong(
    { source, target }: { source: string; target: string },
    seconds: number,
    most: number,
): RunError {
    return new RunError(
        "MV325",
        `${source}: clients write to it, and the final pass before the switch takes ${Math.ceil(seconds)} s, during which ` +
            `Milvus would refuse writes; migration.maxWritePause is ${most}. ${target} has all rows up to now and is kept, and ` +
            `${source} keeps serving. Raise migration.maxWritePause, pause the writers, or set it to 0: then no write is ` +
            "refused, and a row that is written on both sides of the switch at the same moment may keep the older write. Then run `pulumi up` again",
    );
}
