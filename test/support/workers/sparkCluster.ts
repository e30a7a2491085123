import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

import { freePorts } from "../../../examples/quickstart/server/ports";
import { enginesHome } from "./engines";

/** A standalone cluster of Spark on this machine, each worker on a host of its own: Spark doubles a task on another host alone. */
export interface SparkCluster {
    master: string;
    stop(): Promise<void>;
}

const package_ = "org.apache.spark.deploy";

export async function startSpark(folder: string, workers: number): Promise<SparkCluster> {
    const home = await enginesHome();
    const [port, ...others] = await freePorts(2 + 2 * workers);
    const master = `spark://127.0.0.1:${port!}`;
    const java = (...args: string[]) =>
        spawn(join(home, "bin/spark-class"), args, {
            env: {
                ...process.env,
                SPARK_LOG_DIR: folder,
                SPARK_WORKER_DIR: folder,
                SPARK_DAEMON_MEMORY: "256m",
                PYSPARK_PYTHON: join(home, "bin/python"),
                PATH: `${join(home, "bin")}:${process.env["PATH"] ?? ""}`,
            },
            stdio: ["ignore", "ignore", "pipe"],
        });
    const web = (at: number) => ["--webui-port", String(others[at]!)];
    const all: ChildProcess[] = [];
    const stop = async () => {
        for (const child of all.reverse()) await ended(child);
    };
    const begin = async (child: ChildProcess, sign: string) => {
        all.push(child);
        await said(child, sign);
    };
    try {
        const at = ["--host", "127.0.0.1", "--port", String(port!), ...web(0)];
        await begin(java(`${package_}.master.Master`, ...at), "New state: ALIVE");
        for (let worker = 1; worker <= workers; worker++) {
            const host = ["--host", `127.0.0.${worker + 1}`, "--cores", "1", "--memory", "1g"];
            await begin(
                java(`${package_}.worker.Worker`, ...host, ...web(worker), master),
                "Successfully registered",
            );
        }
    } catch (error) {
        await stop();
        throw error;
    }
    return { master, stop };
}

/** Waits until a line of the log says it. */
function said(child: ChildProcess, sign: string): Promise<void> {
    let log = "";
    return new Promise((resolve, reject) => {
        child.stderr!.on("data", (bytes: Buffer) => {
            log = (log + bytes.toString()).slice(-10_000);
            if (log.includes(sign)) resolve();
        });
        child.once("close", (code) => reject(new Error(`Spark ended with ${code}: ${log.slice(-2_000)}`)));
    });
}

function ended(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
        child.once("close", () => resolve());
        child.kill("SIGTERM");
    });
}
