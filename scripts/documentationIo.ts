import { PassThrough } from "node:stream";

import { exitCodes, type Io } from "../cli/io";

/** The surroundings of a program that is described and not run. */
export function documentationIo(): Io {
    const nowhere = new PassThrough();
    return {
        stdin: nowhere,
        stdout: nowhere,
        stderr: nowhere,
        environment: () => undefined,
        variables: {},
        folder: "/",
        isTerminal: false,
        canAsk: false,
        columns: () => 80,
        now: () => 0,
        onInterrupt: () => () => undefined,
        exitCode: exitCodes.done,
    };
}
