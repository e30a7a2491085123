import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Records which Node version ran which script, for a stack with its environment. */
export interface Recorder {
    env: Record<string, string>;
    /** The distinct Node versions that ran the scripts of a folder of @pulumi/pulumi: `["v22.1.0"]`. */
    versionsOf(folder: "cmd/run" | "cmd/dynamic-provider"): Promise<string[]>;
    dispose(): Promise<void>;
}

/** `bin` is the folder of the Node to run; undefined for the current one. */
export async function record(bin: string | undefined): Promise<Recorder> {
    const dir = await mkdtemp(join(tmpdir(), "node-record-"));
    const [hook, log] = [join(dir, "hook.cjs"), join(dir, "log")];
    await writeFile(log, "");
    const line = "`${process.version} ${process.argv[1]}\\n`";
    await writeFile(hook, `require("node:fs").appendFileSync(${JSON.stringify(log)}, ${line});\n`);
    const path = bin && { PATH: [bin, process.env["PATH"] ?? ""].join(delimiter) };
    return {
        env: { ...path, NODE_OPTIONS: `--require ${hook}` },
        versionsOf: async (folder) => {
            const lines = (await readFile(log, "utf8"))
                .split("\n")
                .filter((one) => one.includes(`pulumi/${folder}`));
            return [...new Set(lines.map((one) => one.split(" ")[0]!))];
        },
        dispose: () => rm(dir, { recursive: true, force: true }),
    };
}
