import pc from "picocolors";

import { codesIn, pageOf, withPages } from "../../provider/inputs/report/page";
import type { Io } from "../io";
import type { OutputOptions } from "./options";
import { wrapped } from "./wrapped";

/** The colours of a terminal; each leaves its text as it is where there are none. */
export type Style = ReturnType<typeof pc.createColors>;

/** What output needs of the process. */
export type OutputIo = Pick<Io, "stdout" | "stderr" | "environment" | "isTerminal" | "columns">;

/** Where lines go while something else has the end of the screen. */
type Writer = (text: string) => void;

/**
 * What a command prints. For people: lines on the standard output. For scripts (`--json`): JSON objects alone, each on a
 * line, with a `type`: any number of `event`s and `warning`s, then one `result` or `error`.
 */
export class Output {
    readonly style: Style;
    readonly isJson: boolean;
    private writer: Writer;

    constructor(
        private readonly io: OutputIo,
        /** As the user types it, without options: `aliases list`. */
        private readonly command: string,
        options: OutputOptions,
    ) {
        this.isJson = options.json ?? false;
        this.style = pc.createColors(!this.isJson && options.color && hasColours(io));
        this.writer = (text) => void io.stdout.write(text);
    }

    /** A line for people. */
    line(text = ""): void {
        if (!this.isJson) this.writer(`${text}\n`);
    }

    /** A risk, or a loss that was asked for; the text has its code. */
    warn(text: string): void {
        if (this.isJson) this.write({ type: "warning", message: text, url: pageIn(text) });
        else this.writer(`${this.style.yellow("warning:")} ${withPages(text)}\n`);
    }

    /** A line of the core, which marks its warnings itself; a terminal would break it between letters. */
    print(text: string): void {
        const { isTerminal, columns } = this.io;
        const shown = isTerminal && !this.isJson ? wrapped(text, columns()) : text;
        const [, warning] = /^warning: (.*)$/s.exec(shown) ?? [];
        if (warning === undefined) this.line(shown);
        else this.warn(warning);
    }

    /** What happens meanwhile, for scripts. */
    event(event: object): void {
        if (this.isJson) this.write({ type: "event", event });
    }

    /** The end of a command that did what it was asked to; `lines` are the same for people. */
    result(result: object, lines: () => Iterable<string> = () => []): void {
        if (this.isJson) this.write({ type: "result", result });
        else for (const line of lines()) this.line(line);
    }

    /** The end of a command that failed: the message has its code. */
    error(error: { code?: string; message: string }): void {
        const { code, message } = error;
        if (this.isJson) this.write({ type: "error", code, message, url: code && pageOf(code) });
        else this.io.stderr.write(`${this.style.red("error:")} ${withPages(message)}\n`);
    }

    /** Sends lines through `writer` until the returned function is called: a live bar stays below them. */
    divert(writer: Writer): () => void {
        const former = this.writer;
        this.writer = writer;
        return () => (this.writer = former);
    }

    private write(line: object): void {
        this.io.stdout.write(`${JSON.stringify({ ...line, command: this.command })}\n`);
    }
}

/** The page of the code that a message ends with. */
function pageIn(message: string): string | undefined {
    const code = codesIn(message).at(-1);
    return code && pageOf(code);
}

function hasColours({ environment, isTerminal }: OutputIo): boolean {
    // https://no-color.org: any value but the empty one.
    if (environment("NO_COLOR")) return false;
    const forced = environment("FORCE_COLOR");
    if (forced !== undefined) return forced !== "0";
    return isTerminal && environment("TERM") !== "dumb";
}
