import { randomInt } from "node:crypto";

import type { Program } from "../program";
import { beginReport, type Report } from "../result";
import type { Message, Processes, Result } from "../stack";
import { addEngine, listen, newServer } from "./engineService";
import { Providers } from "./providers";
import type { Vault } from "./vault";

/** All that an operation starts from. */
export interface Setting {
    program: Program;
    stack: string;
    /** `milvus:address` → value, secrets in the clear. */
    config: Record<string, string>;
    secretKeys: string[];
    env: Record<string, string>;
    /** Where providers leave their process ids. */
    announce: string | undefined;
    /** Whether processes are used again: see warm/pool.ts. */
    warm: boolean;
    vault: Vault;
    processes: Processes;
    onMessage: ((message: Message) => void) | undefined;
    /** Cancels the operation at work. */
    cancel?: (() => Promise<void>) | undefined;
}

/** One operation: what it tells, and its providers. */
export interface Session {
    setting: Setting;
    report: Report;
    providers: Providers;
    /** Called on Ctrl-C, before the providers hear of it. */
    onCancel: (() => void) | undefined;
}

let operations = randomInt(60_000);

/**
 * An address as the engine gives its providers: another one in each operation. Nobody listens there, and the dynamic provider
 * prints its lines instead.
 */
function engineAddress(): string {
    return `127.0.0.1:${1024 + (operations++ % 64_000)}`;
}

/** Runs an operation that tells whether it went well, and ends what it started. */
export async function inSession(
    setting: Setting,
    operation: (session: Session) => Promise<boolean>,
): Promise<Result> {
    const report = beginReport(setting.onMessage);
    let engine: ReturnType<typeof listen> | undefined;
    const serveEngine = () => {
        const server = newServer();
        addEngine(
            server,
            (severity, message, urn) => {
                if (severity !== "debug") report.tell(severity, message, urn);
            },
            (message, urn) => report.tellStatus(message, urn),
        );
        return listen(server);
    };
    const providers = new Providers({
        setting,
        olds: () => setting.vault.load(),
        addresses: {
            dynamic: engineAddress(),
            native: async () => (await (engine ??= serveEngine())).address,
        },
        onLine: (line) => report.tell("info", line),
    });
    const session: Session = { setting, report, providers, onCancel: undefined };
    setting.cancel = () => {
        session.onCancel?.();
        return providers.cancel();
    };
    let ok = false;
    try {
        ok = await operation(session);
    } catch (error) {
        report.tell("error", (error as Error).message);
    }
    setting.cancel = undefined;
    await providers.end(ok);
    (await engine)?.close();
    return report.result(ok);
}
