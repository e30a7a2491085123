/**
 * Runs the quickstart as one command: Milvus, version one of the program, 10,000 rows, version two, and a check that
 * all rows were carried over. It uses `MILVUS_ADDRESS` if it is set, otherwise it starts milvus-lite; it uses the
 * pulumi CLI if it is installed, otherwise the small engine of this repository. It leaves nothing running and no
 * temporary file, also after Ctrl-C.
 */
import { isatty } from "node:tty";

import { quickstart } from "./quickstart";
import { GivenServer } from "./server/givenServer";
import { type RunningServer, startMilvusLite } from "./server/milvusLite";
import { Screen } from "./show/screen";
import { Traces } from "./show/traces";

const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
/** A given server that does not answer must not keep the run. */
const cleanMs = 10_000;

async function main(): Promise<void> {
    const { stdout, stderr, env } = process;
    const screen = new Screen({
        stdout,
        stderr,
        environment: (name) => env[name],
        isTerminal: isatty(stdout.fd) && !env["CI"] && env["TERM"] !== "dumb",
        columns: () => stdout.columns || 120,
        now: Date.now,
    });
    const traces = new Traces();
    let given: GivenServer | undefined;
    let isEnding = false;
    const end = async (code: number) => {
        isEnding = true;
        const late = setTimeout(() => process.exit(code), cleanMs);
        await traces.remove();
        await given?.clean().catch((error: unknown) => screen.error(`cleaning up: ${messageOf(error)}`));
        clearTimeout(late);
        process.exit(code);
    };
    // npm passes on what a terminal sends to all: the same signal comes twice.
    for (const [name, number] of Object.entries(signals))
        process.on(name, () => {
            if (isEnding) return;
            screen.end("Stopped. Ending the server and removing temporary files ...");
            void end(128 + number);
        });
    try {
        const server = await screen.step("A Milvus server", async () => {
            const asked: RunningServer | undefined = env["MILVUS_ADDRESS"]
                ? { name: "Milvus", address: env["MILVUS_ADDRESS"], token: env["MILVUS_TOKEN"] }
                : undefined;
            if (asked) given = await GivenServer.look(asked);
            const running = asked ?? (await startMilvusLite(traces.folder, (line) => screen.line(line)));
            screen.line(`${running.name} at ${running.address}`);
            screen.line(`Temporary files: ${traces.folder}, removed at the end`);
            return running;
        });
        await quickstart(server, screen);
        for (const line of nextSteps) screen.line(line);
        await end(0);
    } catch (error) {
        // A run that is stopped has told so.
        if (isEnding) return;
        screen.error(`the quickstart failed: ${messageOf(error)}`);
        await end(1);
    }
}

const nextSteps = [
    "",
    "Next steps",
    "  Write your own program:  docs/getting-started.md",
    "  Change the schema:       edit examples/quickstart/changed.ts and run this again",
    "  See what else it does:   docs/README.md",
    "  Remove milvus-lite:      rm -rf .cache/servers",
];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

void main();
