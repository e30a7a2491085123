import { type ChildProcess, spawn } from "node:child_process";
import { getPriority, setPriority } from "node:os";
import { createInterface } from "node:readline";

import { summary, total, type Outcome } from "../test/support/outcome";
import { chosenServers, type ServerName } from "../test/support/servers";
import { currentTier } from "../test/support/tier";
import { serverTests } from "./serverTests";
import { transpile } from "./transpile";

/**
 * Runs the tests in parallel lanes and adds up their counts: one or two lanes for each server with many tests, two for the
 * folders whose tests mostly talk with the fake, and one for the rest. A test mostly waits (for flushes, indexes and loads of Milvus,
 * for engine processes), so that lanes share the machine well. With arguments for mocha there is one lane.
 */
interface Lane {
    name: string;
    args: string[];
    env: NodeJS.ProcessEnv;
}

interface Ended {
    outcome: Outcome;
    /** Mocha's list of failures. */
    epilogue: string[];
    code: number;
}

/** Folders of tests that mostly talk with the fake: each lane is as long as all others without a server of their own. */
const onFake: Readonly<Record<string, readonly string[]>> = {
    fake: ["test/fake/**/*.test.ts", "test/migration/**/*.test.ts"],
    resource: ["test/resource/**/*.test.ts"],
};

/** milvus-lite is cheap to start and has the most tests: two lanes, each with a server of its own. */
const cheap: ServerName = "milvus-lite-3.2.2";
const isFirstHalf = (file: string) => /^test\/e2e\/[a-m][^/]*$/.test(file);

const busy: readonly ServerName[] = ["milvus-2.3.5", "milvus-lite-3.2.2"];
const width = Math.max(...busy.map((name) => name.length));

const unfinished: Outcome = { passed: 0, failed: 1, skipped: 0, durations: [], leftOut: {} };

/** A lane that computes in a circle does not hear a signal. */
const graceSeconds = 10;
/** How long after `TEST_MINUTES` a lane may take for the test that it is in, and for its end. */
const lateMinutes = 10;

const running = new Set<ChildProcess>();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
        for (const child of running) child.kill(signal);
        setTimeout(killAll, graceSeconds * 1000).unref();
    });
if (process.env["TEST_MINUTES"] !== undefined)
    setTimeout(killAll, (Number(process.env["TEST_MINUTES"]) + lateMinutes) * 60_000).unref();

function killAll(): void {
    for (const child of running) child.kill("SIGKILL");
}

void main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});

async function main(): Promise<void> {
    await transpile();
    const lanes = await lanesOf(process.argv.slice(2));
    const ended = await Promise.all(lanes.map(run));
    for (const [place, { epilogue }] of ended.entries())
        if (epilogue.length > 0) console.log(`\n${lanes[place]!.name}:\n${epilogue.join("\n")}`);
    console.log(summary(total(ended.map(({ outcome }) => outcome))));
    process.exitCode = Math.max(...ended.map(({ code }) => code));
}

async function lanesOf(args: string[]): Promise<Lane[]> {
    const chosen = chosenServers();
    const own = chosen.filter((name) => busy.includes(name));
    const isRest = currentTier() === "rest";
    if (args.length > 0 || (own.length === 0 && !isRest)) return [{ name: "tests", args, env: {} }];
    const on = (name: string) => `on ${name.replaceAll(".", "\\.")}`;
    const others = chosen.filter((name) => !own.includes(name));
    const env = { PULUMI_MILVUS_SERVERS: others.join(",") };
    const ofOthers: Lane[] = isRest
        ? // What runs on no server and no engine has run in the fast tier.
          [{ name: "others", args: ["--grep", [...others, "pulumi", "test engine"].map(on).join("|")], env }]
        : [
              ...Object.entries(onFake).map(([name, files]) => ({ name, args: [...files], env })),
              {
                  name: "others",
                  args: Object.values(onFake).flatMap((files) => files.flatMap((one) => ["--ignore", one])),
                  env,
              },
          ];
    const files = await serverTests();
    const halves = [files.filter(isFirstHalf), files.filter((file) => !isFirstHalf(file))];
    return [
        ...own.flatMap((name) =>
            (name === cheap ? halves : [files]).map((files) => ({
                name,
                args: [...files, "--grep", on(name)],
                env: { PULUMI_MILVUS_SERVERS: name },
            })),
        ),
        ...ofOthers,
    ];
}

function run({ name, args, env }: Lane): Promise<Ended> {
    const child = spawn(process.execPath, [require.resolve("mocha/bin/mocha.js"), ...args], {
        // By the channel a lane tells its outcome, and hears when this process is gone.
        stdio: ["ignore", "pipe", "inherit", "ipc"],
        env: { ...process.env, ...env },
    });
    running.add(child);
    // Milvus takes a sixth of a core while nobody asks it anything: the sooner its lane ends, the better.
    if (name !== "milvus-2.3.5" && child.pid !== undefined)
        setPriority(child.pid, Math.min(19, getPriority() + 5));
    let outcome: Outcome | undefined;
    child.once("message", (told) => (outcome = told as Outcome));
    const epilogue: string[] = [];
    createInterface({ input: child.stdout! }).on("line", (line) => {
        if (epilogue.length > 0 || /^\s+\d+ failing\b/.test(line)) epilogue.push(line);
        else if (line.trim() !== "") console.log(`${name.padEnd(width)} │ ${line}`);
    });
    return new Promise((resolve) => {
        child.once("close", (code, signal) => {
            running.delete(child);
            if (outcome) return resolve({ outcome, epilogue, code: code ?? 1 });
            // A lane that ends without its counts has not run to its end: that is a failure of its own.
            epilogue.push(`  ended before its tests did: ${signal ?? `exit code ${code}`}`);
            resolve({ outcome: unfinished, epilogue, code: code || 1 });
        });
    });
}
