import type { Command } from "commander";

import { RunError } from "../../provider/migration/errors";
import { Calls } from "../../provider/native/calls";
import { withServer } from "../connection/withServer";
import { CommandError } from "../errors";
import type { Io } from "../io";
import { type LiveReport, liveReport } from "../output/liveReport";
import { outputOf } from "../outputOf";
import type { Written } from "../report/result";
import { RunReport } from "../report/runReport";
import type { Work } from "./change";
import type { ChangeOptions } from "./options";
import { inWordsOfAlter } from "./wording";

/** How a change has ended: the result for scripts, and the same for people. */
export interface Ended<Result extends object> {
    result: Omit<Result, keyof Written>;
    lines: readonly string[];
}

/**
 * Works on a server in the words of `alter`, and writes the report that the user asks for, however the work ends. The result
 * comes last: it names the files that were written.
 */
export async function withChange<Result extends object>(
    io: Io,
    command: Command,
    options: ChangeOptions,
    work: (work: Work) => Promise<Ended<Result>>,
): Promise<void> {
    const report = new RunReport(io, command, options, inWordsOfAlter);
    const { result, lines } = await report.around(() => shown({ io, command, options, report }, work));
    outputOf(io, command).result({ ...result, ...report.written }, () => lines);
}

interface Shown {
    io: Io;
    command: Command;
    options: ChangeOptions;
    report: RunReport;
}

/** Shows a live bar; Ctrl-C ends the work where it can be resumed. */
async function shown<Result extends object>(
    { io, command, options, report: written }: Shown,
    work: (work: Work) => Promise<Ended<Result>>,
): Promise<Ended<Result>> {
    const output = outputOf(io, command);
    const reports: LiveReport[] = [];
    const report = (name: string): LiveReport => {
        const own = liveReport(io, output, name);
        reports.push(own);
        return inWords(own);
    };
    const calls = new Calls();
    const release = io.onInterrupt(() => calls.cancel());
    const ended = () =>
        new RunError(
            "MV355",
            `${options.collection}: cancelled. What can be resumed is kept, and the next \`pulumi up\` resumes it`,
        );
    try {
        return await withServer(
            { io, output },
            options,
            ({ context }) => {
                const print = (line: string) => output.print(inWordsOfAlter(line));
                const heard = written.listening({ ...context, print });
                return calls.run(0, () => work({ io, output, context: heard, report: written }), ended);
            },
            { report },
        );
    } catch (error) {
        if (error instanceof Error && !(error instanceof CommandError))
            error.message = inWordsOfAlter(error.message);
        throw error;
    } finally {
        release();
        for (const one of reports) one.stop();
    }
}

/** The same in the words of `alter`. A line after the end of a step stands below its bar. */
function inWords(report: LiveReport): LiveReport {
    let isComplete = false;
    return {
        say: (line) => {
            if (isComplete) report.stop();
            report.say(inWordsOfAlter(line));
        },
        progress: (progress) => {
            isComplete = progress.done >= progress.total;
            report.progress(progress);
        },
        gate: (outcome) => report.gate?.(outcome),
        stop: () => report.stop(),
    };
}
