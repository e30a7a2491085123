import { randomInt } from "node:crypto";

import type { Program } from "../program";
import { beginReport, type Report } from "../result";
import type { Processes, Result } from "../stack";
import { startProvider, type DynamicProvider } from "./provider";
import { providersOf } from "./providers";
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
}

/** One operation: what it tells, and its provider, started at the first need. */
export interface Session {
    setting: Setting;
    report: Report;
    provider: () => Promise<DynamicProvider>;
}

let operations = randomInt(60_000);

/**
 * An address as the engine gives its providers: another one in each operation. Nobody listens there, and providers ask for it
 * without using it.
 */
function engineAddress(): string {
    return `127.0.0.1:${1024 + (operations++ % 64_000)}`;
}

/** Runs an operation that tells whether it went well, and ends what it started. */
export async function inSession(
    setting: Setting,
    operation: (session: Session) => Promise<boolean>,
): Promise<Result> {
    const report = beginReport();
    let starting: Promise<DynamicProvider> | undefined;
    const { program, config, env, announce, warm, processes } = setting;
    const address = engineAddress();
    const start = () =>
        startProvider({
            program,
            config,
            env,
            announce,
            warm,
            address,
            onLine: (line) => report.tell("info", line),
        });
    const provider = () =>
        (starting ??= processes === "one" ? start() : Promise.resolve(providersOf(processes, start)));
    let ok = false;
    try {
        ok = await operation({ setting, report, provider });
    } catch (error) {
        report.tell("error", (error as Error).message);
    }
    await starting?.then(
        (started) => started.end(ok),
        () => undefined,
    );
    return report.result(ok);
}
