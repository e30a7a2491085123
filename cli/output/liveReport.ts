import { MultiBar, type SingleBar } from "cli-progress";

import { progressPrinter } from "../../provider/migration/progressPrinter";
import type { Progress, Report } from "../../provider/migration/report";
import type { Io } from "../io";
import { barLine } from "./barLine";
import type { Output } from "./output";

/** A report of the core, and the end of what is shown of it. */
export interface LiveReport extends Report {
    stop(): void;
}

/**
 * Shows the progress of a migration: a live bar on a terminal, with lines above it; a line every few seconds elsewhere; an
 * event a line for scripts.
 *
 * @param name what migrates, as the lines name it
 */
export function liveReport(io: Io, output: Output, name: string): LiveReport {
    if (output.isJson)
        return {
            say: (line) => output.event({ kind: "message", name, message: line }),
            progress: (progress) => output.event({ kind: "progress", name, ...progress }),
            gate: (outcome) => output.event({ kind: "gate", name, ...outcome }),
            stop: () => undefined,
        };
    const printer = progressPrinter(name, (line) => output.print(line), io.now);
    if (!io.isTerminal) return { ...printer, stop: () => undefined };
    const bar = new LiveBar(io, output, name);
    return {
        say: (line) => printer.say(line),
        progress: (progress) => bar.show(progress),
        stop: () => bar.stop(),
    };
}

/** One bar a step; a step that is over leaves its last state on the screen. */
class LiveBar {
    private step: Progress["step"] | undefined;
    private started = 0;
    private shown: { bars: MultiBar; bar: SingleBar; restore: () => void } | undefined;

    constructor(
        private readonly io: Io,
        private readonly output: Output,
        private readonly name: string,
    ) {}

    show(progress: Progress): void {
        const { io, output, name } = this;
        if (progress.step !== this.step) this.begin(progress.step);
        const seconds = (io.now() - this.started) / 1000;
        const text = barLine({ name, ...progress, seconds, columns: io.columns(), style: output.style });
        this.shown?.bar.update({ text });
    }

    stop(): void {
        // Writes what was said since the last frame.
        this.shown?.bars.update();
        this.shown?.bars.stop();
        this.shown?.restore();
        this.shown = undefined;
        this.step = undefined;
    }

    private begin(step: Progress["step"]): void {
        this.stop();
        this.step = step;
        this.started = this.io.now();
        const bars = new MultiBar({
            stream: this.io.stdout,
            // A line above it clears the bar, which may be the same as before.
            forceRedraw: true,
            // Who interrupts stops the work, and the bar shows it until then.
            gracefulExit: false,
            format: (_options, _params, { text }: { text: string }) => text,
        });
        const bar = bars.create(1, 0, { text: "" });
        this.shown = { bars, bar, restore: this.output.divert((text) => bars.log(text)) };
    }
}
