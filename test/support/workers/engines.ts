import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";

import { install } from "../../../examples/quickstart/server/environment";
import { type Shards, workerCommand } from "./workers";

/** What teams run the workers on. */
export const engines = ["processes", "spark", "ray"] as const;
export type EngineName = (typeof engines)[number];

const examples = resolve(__dirname, "../../../examples/workers");

/** What is killed: the command; the executor, with what it runs; or nothing, but the attempt is slow until it has a double. */
export type Fault = "command" | "executor" | "straggler";

/** A run of all shards by an engine. */
export interface EngineRun {
    child: ChildProcess;
    /** Fails with the end of the output where the engine does. */
    ended: Promise<void>;
}

export interface EngineShards extends Shards {
    /** How many at once. */
    slots: number;
    /** Further settings of Spark. */
    spark?: Readonly<Record<string, string>>;
    /** Breaks the first attempt at shard 0 (fault.py), with a folder for its marks. */
    fault?: { kind: Fault; folder: string };
}

/** The environment with PySpark, Ray and the validator of manifests; it is installed at the first use. */
export function enginesHome(): Promise<string> {
    return install(join(__dirname, "requirements-workers.txt"));
}

/** Starts an example of `examples/workers` on the engine, in local mode. */
export async function runEngine(engine: EngineName, given: EngineShards): Promise<EngineRun> {
    const command = await commands[engine](given);
    const [file, ...args] = command.line;
    const child = spawn(file!, args, {
        env: {
            ...process.env,
            MILVUS_ADDRESS: given.address,
            PULUMI_MILVUS_COMMAND: [...(await faultOf(given)), ...workerCommand].join(" "),
            ...command.environment,
        },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    for (const stream of [child.stdout, child.stderr])
        stream.on("data", (bytes: Buffer) => (out = (out + bytes.toString()).slice(-20_000)));
    const ended = new Promise<void>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code, signal) => {
            if (code === 0) resolve();
            else reject(new Error(`${engine} ended with ${code ?? signal}: ${out.slice(-3_000)}`));
        });
    });
    return { child, ended };
}

async function faultOf({ fault }: EngineShards): Promise<string[]> {
    if (!fault) return [];
    return [join(await enginesHome(), "bin/python"), join(__dirname, "fault.py"), fault.kind, fault.folder];
}

interface EngineCommand {
    line: readonly string[];
    environment?: Record<string, string>;
}

const commands: Record<EngineName, (given: EngineShards) => Promise<EngineCommand>> = {
    processes: ({ collection, count, slots }) =>
        Promise.resolve({ line: [join(examples, "processes.sh"), collection, String(count), String(slots)] }),
    spark: async ({ collection, count, slots, spark = {} }) => {
        const home = await enginesHome();
        const settings = {
            // The second number is how often a task may fail.
            "spark.master": `local[${slots},8]`,
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            ...spark,
        };
        const conf = Object.entries(settings).flatMap(([key, value]) => ["--conf", `${key}=${value}`]);
        return {
            line: [
                join(home, "bin/spark-submit"),
                ...conf,
                join(examples, "spark_workers.py"),
                collection,
                String(count),
            ],
            environment: {
                PYSPARK_PYTHON: join(home, "bin/python"),
                PATH: `${join(home, "bin")}:${process.env["PATH"] ?? ""}`,
            },
        };
    },
    ray: async ({ collection, count, slots }) => {
        const home = await enginesHome();
        return {
            line: [join(home, "bin/python"), join(examples, "ray_workers.py"), collection, String(count)],
            environment: {
                RAY_USAGE_STATS_ENABLED: "0",
                // What `ray.init()` takes without arguments.
                RAY_OVERRIDE_RESOURCES: JSON.stringify({ CPU: slots }),
            },
        };
    },
};
