import { PassThrough, Writable } from "node:stream";

import { exitCodes, type ExitCode, type Io } from "../../../cli/io";
import { run } from "../../../cli/run";
import { documentedLines } from "./documentedLines";

export interface TestIo {
    environment?: Record<string, string>;
    stdin?: string;
    folder?: string;
    /** Of a terminal that shows the output; undefined where it is piped. */
    columns?: number;
    now?: () => number;
}

/** A stream that keeps what it is given. */
export class Kept extends Writable {
    text = "";

    constructor(
        readonly isTTY = false,
        readonly columns = 0,
    ) {
        super();
    }

    override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
        this.text += chunk.toString();
        done();
    }
}

/** What a command has in a test, in place of a process. */
export function testIo({ environment = {}, stdin, folder = process.cwd(), columns, now }: TestIo = {}): Io & {
    stdin: PassThrough;
    stdout: Kept;
    stderr: Kept;
    /** As the user presses Ctrl-C. */
    interrupt: () => void;
} {
    const isTerminal = columns !== undefined;
    const input = new PassThrough();
    if (stdin !== undefined) input.end(stdin);
    const waiting = new Set<() => void>();
    return {
        stdin: input,
        stdout: new Kept(isTerminal, columns),
        stderr: new Kept(isTerminal, columns),
        environment: (name) => environment[name],
        variables: environment,
        folder,
        isTerminal,
        canAsk: isTerminal,
        columns: () => columns ?? 120,
        now: now ?? Date.now,
        onInterrupt: (stop) => {
            waiting.add(stop);
            return () => void waiting.delete(stop);
        },
        interrupt: () => waiting.forEach((stop) => stop()),
        exitCode: exitCodes.done,
    };
}

export interface Ran {
    code: ExitCode;
    out: string;
    err: string;
    /** The lines of `--json`, which are as the published schema says. */
    json: () => Record<string, unknown>[];
}

/** Runs a command line in this process. */
export async function runCommand(argv: readonly string[], options?: TestIo): Promise<Ran> {
    const io = testIo(options);
    const code = await run(argv, io, "1.2.3");
    return {
        code,
        out: io.stdout.text,
        err: io.stderr.text,
        json: () => documentedLines(io.stdout.text),
    };
}
