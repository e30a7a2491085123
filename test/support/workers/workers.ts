import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

import { exitCodes } from "../../../cli/io";

const command = resolve(__dirname, "../../../dist/cli/main.js");

/** The command, as a scheduler starts it. */
export const workerCommand = [process.execPath, command] as const;

/** Which shards of which copy. */
export interface Shards {
    address: string;
    collection: string;
    count: number;
}

export interface Ended {
    code: number | null;
    out: string;
}

/** A worker in a process of its own. */
export class Worker {
    readonly ended: Promise<Ended>;
    /** Once it has copied rows; never where it ends without. */
    readonly copies: Promise<void>;
    private constructor(private readonly child: ChildProcess) {
        let out = "";
        this.copies = new Promise((copies) =>
            child.stdout!.on("data", (bytes: Buffer) => {
                if (bytes.includes('"kind":"progress"')) copies();
            }),
        );
        child.stdout!.on("data", (bytes: Buffer) => (out += bytes.toString()));
        child.stderr!.on("data", (bytes: Buffer) => (out += bytes.toString()));
        this.ended = new Promise((end) => child.once("close", (code) => end({ code, out })));
    }

    static start({ address, collection, count }: Shards, shard: number): Worker {
        const [file, ...args] = workerCommand;
        const work = [
            "work",
            "--collection",
            collection,
            "--shard",
            String(shard),
            "--of",
            String(count),
            "--json",
        ];
        return new Worker(
            spawn(file, [...args, ...work], {
                env: { ...process.env, MILVUS_ADDRESS: address },
                stdio: ["ignore", "pipe", "pipe"],
            }),
        );
    }

    /** As a node that loses power, or SIGTERM as a drain of it. */
    kill(signal: NodeJS.Signals = "SIGKILL"): void {
        this.child.kill(signal);
    }
}

/** Runs the worker of a shard again until it succeeds, as a scheduler does. Returns how often it was started. */
export async function untilDone(
    shards: Shards,
    shard: number,
    started: (worker: Worker) => void = () => undefined,
): Promise<number> {
    for (let times = 1; ; times++) {
        const worker = Worker.start(shards, shard);
        started(worker);
        const { code, out } = await worker.ended;
        if (code === exitCodes.done) return times;
        // Null: it was killed.
        if (code !== null && code !== exitCodes.again && code !== exitCodes.stopped)
            throw new Error(`the worker of shard ${shard} ended with ${code}: ${out}`);
    }
}
