import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { LocalWorkspace, type EngineEvent } from "@pulumi/pulumi/automation";

import { announcing } from "./announcing";
import { beginReport, type Report } from "./result";
import type { Engine, Op, Result, Stack, StackOptions, State } from "./stack";

const run = promisify(execFile);
const local = resolve(__dirname, "../../node_modules/.bin/pulumi");

/** What every call gets: no network, no account, no colours, secrets under a passphrase. */
const quiet = {
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_CONFIG_PASSPHRASE: "only for this stack",
};

/** The `pulumi` of the PATH, or the one that npm installed; undefined, with the reason, when neither runs. */
export async function findCli(): Promise<{ engine: Engine } | { missing: string }> {
    for (const command of ["pulumi", local]) {
        try {
            const { stdout } = await run(command, ["version"], {
                timeout: 15_000,
                env: { ...process.env, ...quiet },
            });
            await run("pulumi-language-nodejs", ["-help"], { timeout: 15_000 }).catch(needsToExist);
            // The Automation API looks for `pulumi` on the PATH.
            if (command === local)
                process.env["PATH"] = `${dirname(local)}${delimiter}${process.env["PATH"] ?? ""}`;
            return { engine: { name: "pulumi", version: stdout.trim().replace(/^v/, ""), createStack } };
        } catch {
            // Not this one.
        }
    }
    return { missing: "no pulumi command on the PATH" };
}

/** A command that exists and dislikes its arguments is there all the same. */
function needsToExist(error: NodeJS.ErrnoException): void {
    if (error.code === "ENOENT") throw error;
}

/** A stack in a file backend of its own, in a temporary folder. */
async function createStack({
    program,
    name = "dev",
    env = {},
    announce,
    onMessage,
}: StackOptions): Promise<Stack> {
    const home = await mkdtemp(join(tmpdir(), "pulumi-home-"));
    const envVars = {
        ...quiet,
        ...env,
        ...announcing(announce),
        PULUMI_HOME: home,
        PULUMI_BACKEND_URL: `file://${home}`,
        // A program of the native adapter has the plugin there.
        PATH: [join(program.dir, "node_modules/.bin"), env["PATH"] ?? process.env["PATH"]].join(delimiter),
    };
    const stack = await LocalWorkspace.createStack(
        { stackName: name, workDir: program.dir },
        { envVars, pulumiHome: home },
    );
    let now = name;
    let interrupt = new AbortController();
    const operate = (operation: (options: CliOptions) => Promise<unknown>) => {
        interrupt = new AbortController();
        const report = beginReport(onMessage);
        return observed(report, (onEvent) =>
            operation({ onEvent, color: "never", signal: interrupt.signal }),
        );
    };
    return {
        setConfig: (key, value, secret = false) => stack.setConfig(key, { value, secret }),
        preview: () => operate((options) => stack.preview(options)),
        up: (more) => operate((options) => stack.up({ ...options, ...more })),
        refresh: () => operate((options) => stack.refresh(options)),
        destroy: () => operate((options) => stack.destroy(options)),
        cancel: () => Promise.resolve(interrupt.abort()),
        rename: async (stackName) => {
            await stack.rename({ stackName });
            now = stackName;
        },
        exportState: () => readState(home, program.project, now),
        outputs: async () =>
            Object.fromEntries(
                Object.entries(await stack.outputs()).map(([key, { value }]) => [key, value as unknown]),
            ),
        close: () => rm(home, { recursive: true, force: true }),
    };
}

/** From the file: the CLI's own export shows the secrets. */
async function readState(home: string, project: string, stack: string): Promise<State> {
    const text = await readFile(join(home, ".pulumi/stacks", project, `${stack}.json`), "utf8");
    const { checkpoint } = JSON.parse(text) as { checkpoint: { latest?: Partial<State> } };
    return { resources: checkpoint.latest?.resources ?? [] };
}

interface CliOptions {
    onEvent: (event: EngineEvent) => void;
    color: "never";
    signal: AbortSignal;
}

async function observed(
    report: Report,
    operation: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<Result> {
    let failed = false;
    const onEvent = (event: EngineEvent) => {
        failed ||= event.diagnosticEvent?.severity === "error";
        observe(report, event);
    };
    try {
        await operation(onEvent);
        return report.result(true);
    } catch (error) {
        if (!failed) report.tell("error", (error as Error).message);
        return report.result(false);
    }
}

/** Steps of the engine, as they count for people; `create-replacement` and the like are parts of a `replace`. */
const counted: Record<string, Op | undefined> = {
    create: "create",
    update: "update",
    replace: "replace",
    delete: "delete",
    same: "same",
};

/** Events carry the debug messages, too. */
const severities: Record<string, "info" | "warning" | "error" | undefined> = {
    info: "info",
    "info#err": "info",
    warning: "warning",
    error: "error",
};

function observe(report: Report, event: EngineEvent): void {
    const diagnostic = event.diagnosticEvent;
    const severity = diagnostic && severities[diagnostic.severity];
    if (severity && diagnostic.ephemeral) report.tellStatus(diagnostic.message, diagnostic.urn ?? "");
    else if (severity) report.tell(severity, diagnostic.message, diagnostic.urn);
    const step = event.resOutputsEvent?.metadata;
    if (step && !step.type.startsWith("pulumi:")) {
        const op = counted[step.op];
        if (op) report.count(op);
    }
}
