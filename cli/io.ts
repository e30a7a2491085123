import type { Readable, Writable } from "node:stream";

/** What a command needs of the process that it runs in. A test gives its own. */
export interface Io {
    stdin: Readable;
    stdout: Writable;
    stderr: Writable;
    environment: (name: string) => string | undefined;
    /** The whole environment, for processes that the command starts. */
    variables: Readonly<NodeJS.ProcessEnv>;
    /** The folder that the paths of the command line are relative to. */
    folder: string;
    /** Whether a person sees the standard output: colours and a live bar, else plain lines. */
    isTerminal: boolean;
    /** Whether somebody can answer a question. */
    canAsk: boolean;
    columns: () => number;
    now: () => number;
    /**
     * Calls `stop` at the first Ctrl-C or SIGTERM, so that the work ends where it can be resumed; the second one ends the
     * process, and so does the first where nothing waits for it. Returns what takes the wish back.
     */
    onInterrupt: (stop: () => void) => () => void;
    /** What the process ends with; an error makes it 1. */
    exitCode: ExitCode;
}

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * `changesPending` is for commands with `--detailed-exitcode`. Of `work` alone: `again` where the same command has to run once
 * more (EX_TEMPFAIL of sysexits.h), `stopped` where a signal ended it (128 and the number of SIGTERM).
 */
export const exitCodes = { done: 0, error: 1, changesPending: 2, again: 75, stopped: 143 } as const;
