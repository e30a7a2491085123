import type { Result } from "../stack";
import { autonamingOf } from "./autonaming";
import { Deployment } from "./deployment";
import { readGoal } from "./goal";
import { serve } from "./monitor";
import { startProgram, toldAlready } from "./program";
import { remove } from "./removal";
import { inSession, type Session, type Setting } from "./session";

const programEndSeconds = 10;

/** `preview` (a dry run) and `up`: the program says what shall be; what it no longer names is deleted at the end. */
export function update(setting: Setting, dryRun: boolean, replace: readonly string[] = []): Promise<Result> {
    return inSession(setting, (session) => run(session, dryRun, replace));
}

async function run(session: Session, dryRun: boolean, replace: readonly string[]): Promise<boolean> {
    const { setting, report, providers } = session;
    const { program, stack, vault, config } = setting;
    const autonaming = autonamingOf(config["pulumi:autonaming"]);
    const context = { dryRun, replace, report, providers, autonaming, save: vault.save.bind(vault) };
    const deployment = new Deployment(context, vault.load());
    session.onCancel = () => deployment.fail(new Error("update canceled"));
    const registered = signal();
    const finished = signal();
    const monitor = await serve({
        registerResource: async (request) => deployment.register(readGoal(request, program.project, stack)),
        registerOutputs: (urn, outputs) => deployment.registerOutputs(urn, outputs),
        shutdown: () => {
            registered.send();
            return finished.sent;
        },
        log: (severity, message, urn) => {
            if (severity !== "debug") report.tell(severity, message, urn);
        },
    });
    const onLine = (line: string) => report.tell("info", line);
    const node = startProgram({ ...setting, address: monitor.address, dryRun, onLine });
    try {
        // A process of its own ends when it has nothing to wait for any more; one that is used again does not.
        const given = setting.warm ? [deployment.stopped.then(() => toldAlready)] : [];
        const code = await Promise.race([registered.sent.then(() => 0), node.exit, ...given]);
        await deployment.settle();
        if (code !== 0) {
            if (!deployment.failed && code !== toldAlready)
                report.tell("error", `the program ended with ${code}`);
            deployment.failed = true;
        }
        if (!deployment.failed) {
            const forget = deployment.forget.bind(deployment);
            await remove(deployment.leftovers(), {
                ...context,
                forget,
                fail: deployment.fail.bind(deployment),
            });
        }
        finished.send();
        const hangs = setting.warm && deployment.failed;
        const wait = setTimeout(() => void node.end(), hangs ? 0 : programEndSeconds * 1000);
        await node.exit;
        clearTimeout(wait);
        return !deployment.failed;
    } finally {
        await node.end();
        monitor.close();
    }
}

function signal(): { send: () => void; sent: Promise<void> } {
    let send: () => void = () => undefined;
    const sent = new Promise<void>((resolve) => (send = resolve));
    return { send, sent };
}
