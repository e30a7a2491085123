import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser of this machine (`apt-get install chromium`), or that of `PULUMI_MILVUS_CHROMIUM`; undefined where there is none. */
export function findChromium(): string | undefined {
    const own = process.env["PULUMI_MILVUS_CHROMIUM"];
    return [...(own === undefined ? [] : [own]), ...names].find(
        (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
    );
}

type Params = Record<string, unknown>;
interface Message {
    id?: number;
    method?: string;
    params?: Params;
    result?: Params;
    error?: { message: string };
}

/**
 * A headless Chromium that a test speaks to over a pipe, by the DevTools protocol: a message is JSON that ends with NUL. It needs
 * no port and no library. https://chromedevtools.github.io/devtools-protocol/
 */
export class Chromium {
    /** Events of all pages, in order. */
    readonly events: { method: string; params: Params }[] = [];
    private readonly waiting = new Map<
        number,
        { resolve: (result: Params) => void; reject: (e: Error) => void }
    >();
    private readonly heard = new Set<() => void>();
    private rest = "";
    private ids = 0;

    private constructor(
        private readonly child: ChildProcess,
        private readonly profile: string,
    ) {
        (child.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => this.hear(text));
        child.once("exit", () => {
            for (const { reject } of this.waiting.values()) reject(new Error("Chromium has ended"));
        });
    }

    static start(command: string): Chromium {
        const profile = mkdtempSync(join(tmpdir(), "chromium-"));
        const flags = [
            "--headless=new",
            "--disable-gpu",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
        ];
        // Its sandbox does not work for root, as containers of CI run tests.
        const own = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
        const child = spawn(
            command,
            [...flags, ...own, `--user-data-dir=${profile}`, "--remote-debugging-pipe"],
            {
                stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
            },
        );
        return new Chromium(child, profile);
    }

    async call(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
        const id = ++this.ids;
        const answer = new Promise<Params>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
        (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        return answer;
    }

    /** Waits for an event of one page. */
    async event(method: string): Promise<void> {
        while (!this.events.some((event) => event.method === method))
            await new Promise<void>((resolve) => this.heard.add(resolve));
    }

    async close(): Promise<void> {
        const ended = new Promise((resolve) => this.child.once("exit", resolve));
        await this.call("Browser.close").catch(() => undefined);
        await ended;
        rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
    }

    private hear(text: string): void {
        const messages = (this.rest + text).split("\0");
        this.rest = messages.pop()!;
        for (const one of messages) this.take(JSON.parse(one) as Message);
    }

    private take({ id, method, params = {}, result = {}, error }: Message): void {
        if (id === undefined) {
            this.events.push({ method: method!, params });
            for (const resolve of this.heard) resolve();
            this.heard.clear();
            return;
        }
        const waiting = this.waiting.get(id);
        this.waiting.delete(id);
        if (error) waiting?.reject(new Error(error.message));
        else waiting?.resolve(result);
    }
}
