import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const checkout = resolve(__dirname, "../..");

/** What a run printed, and how it ended. */
export interface QuickstartRun {
    code: number | null;
    out: string;
    err: string;
}

/** `npm run quickstart`, without the build. */
export class Quickstart {
    private out = "";
    private err = "";
    private readonly child: ChildProcess;
    private readonly waiting = new Set<() => void>();
    readonly ended: Promise<QuickstartRun>;

    /** @param temporary its folder of temporary files */
    constructor(temporary: string, environment: NodeJS.ProcessEnv = {}) {
        const { MILVUS_ADDRESS: _, ...env } = process.env;
        this.child = spawn(process.execPath, ["--import", "tsx", "examples/quickstart/run.ts"], {
            cwd: checkout,
            env: { ...env, TSX_DISABLE_CACHE: "1", TMPDIR: temporary, ...environment },
            stdio: ["ignore", "pipe", "pipe"],
        });
        this.child.stdout!.on("data", (chunk: Buffer) => {
            this.out += chunk.toString();
            this.waiting.forEach((look) => look());
        });
        this.child.stderr!.on("data", (chunk: Buffer) => (this.err += chunk.toString()));
        this.ended = new Promise((done) =>
            this.child.once("close", (code) => done({ code, out: this.out, err: this.err })),
        );
    }

    /** Resolves when it has printed the text. */
    async printed(text: string): Promise<void> {
        await Promise.race([
            new Promise<void>((done) => {
                const look = () => this.out.includes(text) && done();
                this.waiting.add(look);
                look();
            }),
            this.ended.then(({ out, err }) => {
                if (!out.includes(text)) throw new Error(`ended without "${text}":\n${out}${err}`);
            }),
        ]);
    }

    signal(name: NodeJS.Signals): void {
        this.child.kill(name);
    }
}

/** The command lines of processes whose temporary files are below a folder; Linux alone tells. */
export function processesBelow(folder: string): string[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .filter((pid) => read(`/proc/${pid}/environ`).includes(`TMPDIR=${folder}`))
        .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll("\0", " "));
}

function read(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return "";
    }
}
