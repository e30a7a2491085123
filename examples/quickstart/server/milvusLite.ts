import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { environmentOf, install, ServerUnavailable } from "./environment";
import { freePorts } from "./ports";

const requirements = join(__dirname, "requirements-milvus-lite-3.2.2.txt");
const name = "milvus-lite 3.2.2";
const startSeconds = 120;

/** On the disk, with Python's virtual environment: measured on Linux x64. */
const size = "about 450 MB";

export interface RunningServer {
    name: string;
    /** `host:port`. */
    address: string;
    token?: string | undefined;
}

/**
 * Installs milvus-lite from PyPI, once, and starts it with its data in `folder`. Whoever ends the process group of this run, or
 * removes its traces, ends the server.
 */
export async function startMilvusLite(folder: string, say: (line: string) => void): Promise<RunningServer> {
    const { folder: home, isInstalled } = await environmentOf(requirements);
    const place = relative(process.cwd(), home);
    if (isInstalled) say(`${name} is installed in ${place} (${size})`);
    else {
        say(`Installing ${name} from PyPI into ${place} (${size}, once) ...`);
        await install(requirements);
    }
    const [port] = await freePorts(1);
    const data = join(folder, "milvus");
    await mkdir(data);
    await start(join(home, "bin/milvus-lite"), data, port!);
    return { name, address: `127.0.0.1:${port}` };
}

async function start(command: string, data: string, port: number): Promise<void> {
    const log = join(data, "server.log");
    const output = openSync(log, "a");
    const args = ["server", "--data-dir", data, "--host", "127.0.0.1", "--port", String(port)];
    const child = spawn(command, args, { cwd: data, stdio: ["ignore", output, output] });
    closeSync(output);
    let failure: string | undefined;
    child.once("error", (error) => (failure = error.message));
    child.once("exit", (code, signal) => (failure = `it ended with ${code ?? signal}`));
    child.unref();
    const deadline = Date.now() + startSeconds * 1000;
    while (!(await listens(port))) {
        if (Date.now() > deadline) failure ??= `no answer in ${startSeconds} s`;
        if (failure !== undefined)
            throw new ServerUnavailable(`${name} did not start: ${failure}\n${endOf(log)}`);
        await delay(100);
    }
}

function listens(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1");
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
        socket.once("connect", () => socket.destroy());
    });
}

const endOf = (log: string): string => readFileSync(log, "utf8").split("\n").slice(-20).join("\n");
