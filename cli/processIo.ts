import { isatty } from "node:tty";

import { exitCodes, type Io } from "./io";

/** By convention: 128 and the number of SIGINT. */
const interrupted = 130;
/** The width of what is piped: none is cut. */
const wide = 120;

/** The process that the command runs in. */
export function processIo(): Io {
    const { stdin, stdout, stderr } = process;
    // `isTTY` of a pipe is undefined, which libraries take for "not said".
    const isTerminal = isatty(stdout.fd);
    const waiting = new Set<() => void>();
    let isInterrupted = false;
    const onSignal = () => {
        if (isInterrupted || waiting.size === 0) process.exit(interrupted);
        isInterrupted = true;
        for (const stop of waiting) stop();
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    // A reader that has seen enough (`| head`) is no error.
    stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "EPIPE") process.exit(exitCodes.done);
    });
    return {
        stdin,
        stdout,
        stderr,
        environment: (name) => process.env[name],
        variables: process.env,
        folder: process.cwd(),
        isTerminal,
        canAsk: isTerminal && isatty(stdin.fd),
        columns: () => stdout.columns || wide,
        now: Date.now,
        onInterrupt: (stop) => {
            waiting.add(stop);
            return () => void waiting.delete(stop);
        },
        exitCode: exitCodes.done,
    };
}
