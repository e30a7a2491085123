/** Where a step stands; who prints it is somebody else. `total` is an estimate while a source is written to. */
export interface Progress {
    step: "copy" | "verify" | "index" | "load";
    done: number;
    total: number;
}

export interface Report {
    /** A line for people: what begins, what was found. */
    say(line: string): void;
    /** Called often; the printer decides what to show. */
    progress(progress: Progress): void;
}
