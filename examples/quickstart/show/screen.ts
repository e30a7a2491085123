import type { Message } from "../../../scripts/engine/stack";
import { barLine, type BarState } from "../../../cli/output/barLine";
import { LiveArea } from "../../../cli/output/liveArea";
import { Output, type OutputIo } from "../../../cli/output/output";
import { wrapped } from "../../../cli/output/wrapped";

export interface ScreenIo extends OutputIo {
    now: () => number;
}

export type Progress = Pick<BarState, "step" | "done" | "total">;

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMs = 100;

/** What is at work: the last lines of a terminal show it. */
interface Live {
    started: number;
    progress?: Progress & { since: number };
    timer: NodeJS.Timeout;
}

/** The show: a title for each step, its lines, and on a terminal a live line or a bar below them. In a pipe: plain lines. */
export class Screen {
    private readonly output: Output;
    private readonly area: LiveArea;
    private live: Live | undefined;
    private isOver = false;

    constructor(private readonly io: ScreenIo) {
        this.output = new Output(io, "quickstart", { color: true });
        this.area = new LiveArea(io);
    }

    /** Shows the title, and how long the action takes. */
    async step<Result>(title: string, action: () => Promise<Result>): Promise<Result> {
        this.line();
        this.line(this.io.isTerminal ? this.output.style.bold(title) : `== ${title}`);
        const started = this.io.now();
        if (this.io.isTerminal) this.begin(started);
        try {
            const result = await action();
            this.stop();
            const seconds = ((this.io.now() - started) / 1000).toFixed(1);
            this.line(`${this.output.style.green(this.io.isTerminal ? "✔" : "done:")} ${seconds} s`);
            return result;
        } finally {
            this.stop();
        }
    }

    /** A line above the live ones. */
    line(text = ""): void {
        this.area.show([]);
        this.output.line(this.io.isTerminal ? wrapped(text, this.io.columns()) : text);
        this.draw();
    }

    error(text: string): void {
        this.stop();
        this.output.error({ message: text });
    }

    /** What Pulumi tells of a resource, in lines of the colour of their meaning. */
    tell(message: Message): void {
        if (this.isOver) return;
        const progress = progressOf(message.text);
        if (progress) this.progress(progress);
        if (this.io.isTerminal && progress && progress.done < progress.total) return;
        if (message.isStatus && !progress) return;
        const [first = "", ...rest] = message.text.split("\n");
        // A line of a plan is indented below its resource.
        const isNamed = message.name === "" || /^\s/.test(first) || first.startsWith(`${message.name}: `);
        const name = isNamed ? "" : `${message.name}: `;
        const severity = message.severity === "info" ? "" : `${message.severity}: `;
        for (const line of [`${severity}${name}${first}`, ...rest]) this.line(this.coloured(line));
    }

    /** The bar; a pipe has none. */
    progress(progress: Progress): void {
        const { live } = this;
        if (!live) return;
        const isNew = live.progress?.step !== progress.step;
        live.progress = { ...progress, since: isNew ? this.io.now() : live.progress!.since };
        this.draw();
    }

    /** The last line of a run that is stopped: what Pulumi tells of its own end is not shown. */
    end(text: string): void {
        this.stop();
        this.isOver = true;
        this.line(text);
    }

    /** Leaves the lines as they are; nothing is drawn any more. */
    stop(): void {
        if (!this.live) return;
        clearInterval(this.live.timer);
        this.live = undefined;
        this.area.show([]);
    }

    private begin(started: number): void {
        const timer = setInterval(() => this.draw(), frameMs);
        this.live = { started, timer };
        this.draw();
    }

    private draw(): void {
        const { live, io, output } = this;
        if (!live) return;
        const ms = io.now() - live.started;
        const frame = output.style.cyan(frames[Math.floor(ms / frameMs) % frames.length]);
        const lines = [`${frame} ${Math.floor(ms / 1000)} s`];
        const { progress } = live;
        if (progress && progress.done < progress.total) {
            const seconds = (io.now() - progress.since) / 1000;
            lines.push(
                barLine({ name: "docs", ...progress, seconds, columns: io.columns(), style: output.style }),
            );
        }
        this.area.show(lines);
    }

    private coloured(line: string): string {
        const { style } = this.output;
        if (/^\s*warning: /.test(line)) return line.replace("warning:", style.yellow("warning:"));
        if (/^error: /.test(line)) return line.replace("error:", style.red("error:"));
        if (/^ {2}\+ /.test(line)) return style.green(line);
        if (/^ {2}~ /.test(line)) return style.yellow(line);
        if (/^ {2}- /.test(line)) return style.red(line);
        if (/^\s*(fix|see|why|steps|time|memory|note): /.test(line)) return style.dim(line);
        return line;
    }
}

const words = { copied: "copy", verified: "verify", indexed: "index" } as const;

/** `docs: copied 3,764 of 10,000 rows, ...`, as the provider prints it. */
function progressOf(text: string): Progress | undefined {
    const match = /^(?:\S+: )?(copied|verified|indexed) ([\d,]+) of ([\d,]+) rows/.exec(text);
    if (!match) return undefined;
    const [done, total] = [match[2]!, match[3]!].map((digits) => Number(digits.replaceAll(",", "")));
    return { step: words[match[1] as keyof typeof words], done: done!, total: total! };
}
