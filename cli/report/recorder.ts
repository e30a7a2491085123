import type { Progress, Report } from "../../provider/migration/report";
import type { Context, Print } from "../../provider/resource/context/context";
import type { Phase, RunEvent, RunFact } from "./events";

/** Enough points for a plot; where there are more, every second one goes. */
const MOST_SAMPLES = 400;

/** Lines of the core that tell more than their text, and the phase that begins after them. */
const told: readonly { line: RegExp; kind: "verified" | "switched" | "dropped" | "said"; next?: Phase }[] = [
    { line: /^copied [\d,]+ rows? from .+; building indexes$/, kind: "said", next: "index" },
    { line: /^verified \S+: /, kind: "verified", next: "cutover" },
    { line: /: blocking writes for the final pass, then switching$/, kind: "said", next: "cutover" },
    { line: / is the new collection now; the old one is /, kind: "switched", next: "drop" },
    { line: /^alias \S+: points at \S+ now/, kind: "switched", next: "drop" },
    { line: /(^|: )dropped \S+, whose rows are in its successor$/, kind: "dropped" },
];

/** Keeps what a run tells, for a report: it listens to what the core says and prints, and passes it on. */
export class RunRecorder {
    private readonly kept: RunEvent[] = [];
    private phase: Phase | undefined;
    private samples = 0;
    /** Milliseconds between two samples of a step. */
    private pace = 200;
    private last: ({ at: number } & Progress) | undefined;

    constructor(private readonly now: () => number) {}

    /** What happened so far, in order. */
    get events(): readonly RunEvent[] {
        return this.last ? [...this.kept, { kind: "progress", ...this.last }] : this.kept;
    }

    /** The same context, whose progress and lines the recorder hears, too. */
    listening(context: Context): Context {
        const { report } = context;
        return {
            ...context,
            print: this.print(context.print),
            ...(report && { report: (name) => this.report(report(name)) }),
        };
    }

    report(next: Report): Report {
        return {
            say: (line) => {
                this.hear(line);
                next.say(line);
            },
            progress: (progress) => {
                this.count(progress);
                next.progress(progress);
            },
            gate: (outcome) => next.gate?.(outcome),
        };
    }

    print(next: Print): Print {
        return (line, kind) => {
            if (kind !== "status") this.hear(line);
            next(line, kind);
        };
    }

    begin(phase: Phase): void {
        if (phase === this.phase) return;
        this.phase = phase;
        this.add({ kind: "phase", phase });
    }

    ended(): void {
        this.add({ kind: "ended" });
    }

    failed(error: unknown): void {
        this.add({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }

    /** Lines before the run are those of its plan. */
    private hear(line: string): void {
        if (this.phase === undefined) return;
        const found = told.find((one) => one.line.test(line));
        this.add({ kind: found?.kind ?? "said", text: line });
        if (found?.next !== undefined) this.begin(found.next);
    }

    private count(progress: Progress): void {
        // A change in place has no phases of a migration, and no report.
        if (progress.step === "fill") return;
        this.begin(progress.step);
        const at = this.now();
        const before = this.kept.findLast((event) => event.kind === "progress");
        const isDue =
            before?.kind !== "progress" || before.step !== progress.step || at - before.at >= this.pace;
        this.last = { at, ...progress };
        if (isDue || progress.done >= progress.total) this.keep();
    }

    private add(fact: RunFact): void {
        this.keep();
        this.kept.push({ at: this.now(), ...fact });
    }

    private keep(): void {
        if (!this.last) return;
        this.kept.push({ kind: "progress", ...this.last });
        this.last = undefined;
        if (++this.samples <= MOST_SAMPLES) return;
        this.samples = 0;
        this.pace *= 2;
        let place = 0;
        const thinned = this.kept.filter((event) => {
            if (event.kind !== "progress" || event.done >= event.total) return true;
            const isKept = place++ % 2 === 0;
            if (isKept) this.samples++;
            return isKept;
        });
        this.kept.splice(0, this.kept.length, ...thinned);
    }
}
