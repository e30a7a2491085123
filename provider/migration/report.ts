import type { FieldFigures } from "./gate/figures";
import type { Measure, MeasuredPhase } from "./measure";

/** The progress of a step, in rows, for `load` in percent. `total` is an estimate while clients write to the source. */
export interface Progress {
    step: "copy" | "fill" | "verify" | "index" | "load";
    done: number;
    total: number;
}

/** The figures of `migration.gate`. */
export interface GateOutcome {
    /** The name of the collection that serves. */
    old: string;
    /** The name of the new one. */
    new: string;
    /** Whether clients may be switched. */
    passed: boolean;
    /** A vector field each. */
    fields: readonly FieldFigures[];
}

export interface Report {
    /** A line for the user: what starts, what was found. One that begins with `warning: ` is shown as a warning. */
    say(line: string): void;
    /** Called often; the printer decides what to show. */
    progress(progress: Progress): void;
    /** The figures of a gate, for what reads them as data; the lines are said, too. */
    gate?(outcome: GateOutcome): void;
    /** Absent where nobody asked for metrics or traces. */
    measure?: Measure | undefined;
}

/** Does the work of a phase, which is measured where somebody asked for it. */
export function during<T>(
    { measure }: Pick<Report, "measure">,
    phase: MeasuredPhase,
    work: () => Promise<T>,
): Promise<T> {
    return measure ? measure.phase(phase, work) : work();
}
