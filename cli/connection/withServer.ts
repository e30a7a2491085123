import { randomUUID } from "node:crypto";

import { type Context, server, type Server } from "../../provider/resource/context/context";
import { contextFrom } from "../../provider/resource/context/contextFrom";
import { Session } from "../../provider/resource/session/session";
import type { Io } from "../io";
import type { Output } from "../output/output";
import type { ConnectionOptions } from "./options";
import { merged, settingsOf } from "./settingsOf";
import { readStack, type Stack } from "./stack";

/** A server, and what the core needs to work on it. */
export interface Connected extends Server {
    context: Context;
    /** The stack of `--stack`. */
    stack: Stack | undefined;
}

export interface Connecting {
    /** Of the second server of a command: `target`. */
    prefix?: string;
    /** Shows the progress of the core's work; by default it becomes lines. */
    report?: Context["report"];
}

/**
 * Connects as the options say, then as the stack and the environment say, and ends the connection after the work. Errors:
 * those of the options, of the stack and of the connection.
 */
export async function withServer<T>(
    { io, output }: { io: Io; output: Output },
    options: ConnectionOptions,
    work: (connected: Connected) => Promise<T>,
    { prefix, report }: Connecting = {},
): Promise<T> {
    const stack = prefix === undefined ? await readStack(io, options) : undefined;
    const settings = merged(await settingsOf(io, options, prefix), stack?.settings);
    const session = new Session(randomUUID());
    const context = contextFrom({
        get: (key) => settings.get(key),
        settings: () => [...settings.keys()],
        print: (line) => output.print(line),
        ...(report && { report }),
        environment: io.environment,
        session,
    });
    try {
        // A port that is none stops the command before it asks or changes anything.
        context.telemetry?.();
        return await work({ context, stack, ...(await server(context, {})) });
    } finally {
        await session.close();
    }
}
