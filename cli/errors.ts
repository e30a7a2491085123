import type { CommandCode } from "./codes";

/** An error of the command. The message names the place first, then what happened and what to do; the code follows it. */
export class CommandError extends Error {
    constructor(
        readonly code: CommandCode,
        message: string,
    ) {
        super(`${message} [${code}]`);
        this.name = "CommandError";
    }
}
