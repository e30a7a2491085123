/** The progress of a step, in rows, for `load` in percent. `total` is an estimate while clients write to the source. */
export interface Progress {
    step: "copy" | "verify" | "index" | "load";
    done: number;
    total: number;
}

export interface Report {
    /** A line for the user: what starts, what was found. One that begins with `warning: ` is shown as a warning. */
    say(line: string): void;
    /** Called often; the printer decides what to show. */
    progress(progress: Progress): void;
}
