import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Whether both commands of the Debian package `prometheus` are there. */
export function hasPrometheus(): boolean {
    try {
        for (const command of ["prometheus", "promtool"])
            execFileSync(command, ["--version"], { stdio: "ignore" });
        return true;
    } catch {
        return false;
    }
}

/** What `promtool` says of a text; undefined where it has no objection. */
export function promtool(args: readonly string[], input = ""): string | undefined {
    try {
        execFileSync("promtool", args, { input, stdio: ["pipe", "pipe", "pipe"] });
        return undefined;
    } catch (error) {
        const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
        return `${stdout.toString()}${stderr.toString()}`;
    }
}

async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}

export interface QueryResult {
    metric: Record<string, string>;
    value: [number, string];
}

/** A real Prometheus that reads one target every second. */
export class Prometheus {
    private constructor(
        private readonly process: ChildProcess,
        private readonly url: string,
    ) {}

    static async start(folder: string, target: string, rules: string): Promise<Prometheus> {
        const config = join(folder, "prometheus.yml");
        writeFileSync(
            config,
            JSON.stringify({
                global: { scrape_interval: "1s", evaluation_interval: "1s" },
                rule_files: [rules],
                scrape_configs: [{ job_name: "pulumi-milvus", static_configs: [{ targets: [target] }] }],
            }),
        );
        const address = `127.0.0.1:${await freePort()}`;
        const child = spawn(
            "prometheus",
            [
                `--config.file=${config}`,
                `--storage.tsdb.path=${join(folder, "data")}`,
                `--web.listen-address=${address}`,
            ],
            { stdio: "ignore" },
        );
        const started = new Prometheus(child, `http://${address}`);
        while (!(await started.isReady())) await delay(200);
        return started;
    }

    private async isReady(): Promise<boolean> {
        if (this.process.exitCode !== null) throw new Error(`prometheus ended with ${this.process.exitCode}`);
        return fetch(`${this.url}/-/ready`).then(
            ({ ok }) => ok,
            () => false,
        );
    }

    /** The answer of the query API. Errors: what Prometheus objects to in the query. */
    async query(text: string): Promise<QueryResult[]> {
        const response = await fetch(
            `${this.url}/api/v1/query?${new URLSearchParams({ query: text }).toString()}`,
        );
        const answer = (await response.json()) as {
            status: string;
            error?: string;
            data?: { result: QueryResult[] };
        };
        if (answer.status !== "success") throw new Error(`${text}: ${answer.error}`);
        return answer.data!.result;
    }

    /** Asks until the query has a result. */
    async until(text: string): Promise<QueryResult[]> {
        for (;;) {
            const found = await this.query(text);
            if (found.length > 0) return found;
            await delay(200);
        }
    }

    stop(): Promise<void> {
        return new Promise((resolve) => {
            this.process.once("exit", () => resolve());
            this.process.kill("SIGTERM");
        });
    }
}
