import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Tells which Node ran what, for a stack whose environment it gives. */
export interface Recorder {
    env: Record<string, string>;
    /** Versions of the Node that ran the scripts of a folder of @pulumi/pulumi, each once: `["v22.1.0"]`. */
    versionsOf(folder: "cmd/run" | "cmd/dynamic-provider"): Promise<string[]>;
    dispose(): Promise<void>;
}

/** `bin` is the folder of the Node to run; undefined for the one of this run. */
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
