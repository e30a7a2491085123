import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { chosenServers } from "../test/support/servers";

/**
 * Runs the tests in two lanes at once, and counts them together. Milvus itself waits most of the time (for its flushes,
 * indexes and loads), so that its stories and all the others take the machine in turns. With arguments for mocha there
 * is one lane.
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

const milvus = "milvus-2.3.5";

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
    const others = chosen.filter((name) => name !== milvus);
    if (args.length > 0 || others.length === chosen.length) return [{ name: "tests", args, env: {} }];
    // With what runs on the fake server, the first lane takes about as long as the second.
    const first = [`on ${milvus.replaceAll(".", "\\.")}`, "on the fake server"].join("|");
    return [
        { name: milvus, args: ["--grep", first], env: { PULUMI_MILVUS_SERVERS: milvus } },
        {
            name: "others",
            args: ["--grep", first, "--invert"],
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
        else if (line.trim() !== "") console.log(`${name.padEnd(milvus.length)} │ ${line}`);
    });
    return new Promise((resolve) => {
        child.once("close", (code, signal) => {
            running.delete(child);
            if (counts) return resolve({ counts, epilogue, code: code ?? 1 });
            // A lane that ends without its counts has not run to its end: that is a failure of its own.
            epilogue.push(`  ended before its tests did: ${signal ?? `exit code ${code}`}`);
            resolve({ counts: [0, 1, 0], epilogue, code: code || 1 });
        });
    });
}
