import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { chosenServers, type ServerName } from "../test/support/servers";

/**
 * Runs the tests in parallel lanes and adds up their counts: one lane for each server with many tests, and one for the
 * rest. A test mostly waits (for flushes, indexes and loads of Milvus, for engine processes), so that lanes share the
 * machine well. With arguments for mocha there is one lane.
 */
interface Lane {
    name: string;
    args: string[];
    env: NodeJS.ProcessEnv;
}

interface Ended {
    counts: Counts;
    /** Mocha's list of failures. */
    epilogue: string[];
    code: number;
}

type Counts = [passed: number, failed: number, skipped: number];

const busy: readonly ServerName[] = ["milvus-2.3.5", "milvus-lite-3.2.2"];
const width = Math.max(...busy.map((name) => name.length));

const running = new Set<ChildProcess>();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
        for (const child of running) child.kill(signal);
    });

void main();

async function main(): Promise<void> {
    const lanes = lanesOf(process.argv.slice(2));
    const ended = await Promise.all(lanes.map(run));
    for (const [place, { epilogue }] of ended.entries())
        if (epilogue.length > 0) console.log(`\n${lanes[place]!.name}:\n${epilogue.join("\n")}`);
    const [passed, failed, skipped] = [0, 1, 2].map((place) =>
        ended.reduce((sum, { counts }) => sum + counts[place]!, 0),
    );
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    process.exitCode = Math.max(...ended.map(({ code }) => code));
}

function lanesOf(args: string[]): Lane[] {
    const chosen = chosenServers();
    const own = chosen.filter((name) => busy.includes(name));
    if (args.length > 0 || own.length === 0) return [{ name: "tests", args, env: {} }];
    const on = (name: ServerName) => `on ${name.replaceAll(".", "\\.")}`;
    const others = chosen.filter((name) => !own.includes(name));
    return [
        ...own.map((name) => ({
            name,
            args: ["--grep", on(name)],
            env: { PULUMI_MILVUS_SERVERS: name },
        })),
        {
            name: "others",
            args: ["--grep", own.map(on).join("|"), "--invert"],
            env: { PULUMI_MILVUS_SERVERS: others.join(",") },
        },
    ];
}

function run({ name, args, env }: Lane): Promise<Ended> {
    const child = spawn(process.execPath, [require.resolve("mocha/bin/mocha.js"), ...args], {
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, ...env },
    });
    running.add(child);
    let counts: Counts | undefined;
    const epilogue: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
        const counted = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(line);
        if (counted) counts = counted.slice(1).map(Number) as Counts;
        else if (epilogue.length > 0 || /^\s+\d+ failing\b/.test(line)) epilogue.push(line);
        else if (line.trim() !== "") console.log(`${name.padEnd(width)} │ ${line}`);
    });
    return new Promise((resolve) => {
        child.once("close", (code, signal) => {
            running.delete(child);
            if (counts) return resolve({ counts, epilogue, code: code ?? 1 });
            // A lane that ends without its counts did not finish: that counts as a failure.
            epilogue.push(`  ended before its tests finished: ${signal ?? `exit code ${code}`}`);
            resolve({ counts: [0, 1, 0], epilogue, code: code || 1 });
        });
    });
}
