import type { CollectionRef } from "../../milvus/collection/collections";
import { RunError } from "../errors";
import type { Cutover } from "./cutover";
import { type CutoverEvent, type Phase, Phases } from "./phases";
import type { CutoverLock, CutoverSteps, Merged } from "./steps";

/** The settings of a cutover while clients write. */
export interface CutoverSettings {
    /** Seconds for which Milvus may refuse writes; 0: never. */
    maxWritePause: number;
    /** Seconds for which the old collection is kept after the switch. */
    grace: number;
    /** Whether the server can refuse writes to a single collection. */
    mayFence: boolean;
    /** Whether the collection had no rows when it was copied. */
    isEmpty?: boolean;
    /** Rows that the last pass before the cutover corrected; undefined if unknown. */
    lateWrites: number | undefined;
}

/** The maximum number of passes over the tail ranges alone, right before the switch. */
const MOST_SHORT = 5;
/** The maximum number of passes over all rows until one is short enough for the write pause. */
const MOST_LONG = 5;

/** The cutover while clients write: repeats passes over both collections until one finds nothing. */
export class OnlineCutover implements Cutover {
    private readonly phases: Phases;
    /** True if clients wrote, or if that is unknown. */
    private hasWriters: boolean;
    /** True if another run holds the lease of the copy: the fence belongs to that run. */
    private isOvertaken = false;
    private lock: CutoverLock | undefined;
    private switchedAt: number;
    /** Calls run one after the other: several aliases move at once, and two passes would write the same baseline. */
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
            // Once clients write to the new collection, a difference there may be their write.
            if (!this.phases.is("copied")) return;
            await this.takeLock();
            if (await this.steps.hasMoved()) return this.enter("overtake");
            if (this.hasWriters || (await this.steps.carryPartitions()))
                await this.steps.open(() => this.catchUp());
            await this.lock?.confirm();
            this.enter("catch-up");
        });
    }

    undoSwitch(): Promise<void> {
        return this.inTurn(async () => {
            this.enter("undo");
            await this.releaseLock();
            if (this.isOvertaken) return;
            await this.steps.liftFence();
        });
    }

    completeSwitch(): Promise<void> {
        return this.inTurn(async () => {
            this.enter("switch");
            this.switchedAt = this.steps.now();
            const recorded = this.releaseLock().then(() => this.steps.record("switched"));
            // No fence is tight: a rate lets one write through at each proxy, and a quota lets deletes through. The pass
            // does not wait for the record: a row that the new collection lacks may be deleted there at any moment.
            const merged = this.hasWriters && this.steps.open(() => this.merge("tail ranges first"));
            await Promise.allSettled([recorded, merged]);
            await Promise.all([recorded, merged]);
        });
    }

    finish(): Promise<void> {
        return this.inTurn(async () => {
            const { grace, isEmpty } = this.settings;
            // An empty collection that nobody writes to has no readers to wait for.
            const graceEnds = this.switchedAt + (isEmpty && !this.hasWriters ? 0 : grace * 1000);
            await this.steps.open(() => this.steps.mergeUntilQuiet(graceEnds));
            this.enter("finish");
        });
    }

    forget(): Promise<void> {
        return this.steps.forget();
    }

    private enter(event: CutoverEvent): void {
        this.phases.enter(event);
        this.steps.entered?.(event === "undo" ? undefined : this.phases.phase);
    }

    private inTurn(work: () => Promise<void>): Promise<void> {
        const own = this.turn.then(work);
        this.turn = own.catch(() => undefined);
        return own;
    }

    /** Until the switch no other run may apply late writes: they could overwrite writes of clients. */
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

    /** The final passes; blocks writes if clients write and the program allows it. */
    private async catchUp(): Promise<void> {
        const { maxWritePause, mayFence } = this.settings;
        const isAsked = maxWritePause > 0 && mayFence;
        await (isAsked ? this.shortenPause(maxWritePause) : this.passOverAll());
        if (!this.hasWriters) return;
        if (!isAsked || !(await this.steps.fence())) return this.shortenTails();
        this.enter("fence");
        try {
            await this.passUntilEnd();
        } catch (error) {
            await this.steps.liftFence();
            this.enter("lift");
            throw error;
        }
    }

    /** The first pass applies everything written since the copy; each further pass has less to do. */
    private async shortenPause(most: number): Promise<void> {
        let seconds = await this.passOverAll();
        for (let pass = 1; this.hasWriters && seconds > most; pass++) {
            if (pass === MOST_LONG) throw tooLong(this.steps.names(), seconds, most);
            seconds = await this.passOverAll();
        }
    }

    /** Returns the duration in seconds. */
    private async passOverAll(): Promise<number> {
        const began = this.steps.now();
        const { applied, ended } = await this.merge("tail ranges last", true);
        this.hasWriters = applied > 0 || !ended;
        return (this.steps.now() - began) / 1000;
    }

    /**
     * Each pass reads only what is new since the one before it. They end when they get no shorter: meanwhile the other
     * ranges fall behind.
     */
    private async shortenTails(): Promise<void> {
        let before = Infinity;
        for (let pass = 0; pass < MOST_SHORT; pass++) {
            const began = this.steps.now();
            if ((await this.merge("tail ranges alone", true)).applied === 0) return;
            const took = this.steps.now() - began;
            if (took > before / 2) return;
            before = took;
        }
    }

    /** A pass can stop early behind short pages of new rows, even without writers. */
    private async passUntilEnd(): Promise<void> {
        for (let pass = 0; pass < MOST_LONG; pass++)
            if ((await this.merge(pass === 0 ? "tail ranges last" : "tail ranges alone", true)).ended) return;
    }

    private merge(order: Parameters<CutoverSteps["merge"]>[0], isBeforeSwitch = false): Promise<Merged> {
        return this.steps.merge(order, isBeforeSwitch);
    }
}

/** Without a write pause a pass may undo a concurrent write: the program has to allow that explicitly. */
function tooLong(
    { source, target }: { source: string; target: string },
    seconds: number,
    most: number,
): RunError {
    return new RunError(
        "MV325",
        `${source}: clients write to it, and the final pass before the switch takes ${Math.ceil(seconds)} s, during which ` +
            `Milvus would refuse writes; migration.maxWritePause is ${most}. ${target} has all rows up to now and is kept, and ` +
            `${source} keeps serving. Raise migration.maxWritePause, pause the writers, or set migration.maxWritePause to 0: then no write is ` +
            "refused, but a row that is written on both sides of the switch at the same moment may keep the older write. Then run `pulumi up` again",
    );
}
