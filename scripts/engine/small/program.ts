import { createRequire } from "node:module";
import { join } from "node:path";

import type { Program } from "../program";
import { startNode, type NodeProcess } from "./nodeProcess";
import { startWarm } from "./warm/pool";

/** The exit code that says: the error has been told already. Source: @pulumi/pulumi/cmd/run. */
export const toldAlready = 32;

const organization = "organization";
const parallel = 16;

/** Runs the program with the SDK's own runner, as the language host of the CLI does. */
export function startProgram(options: {
    program: Program;
    stack: string;
    address: string;
    dryRun: boolean;
    config: Record<string, string>;
    secretKeys: string[];
    env: Record<string, string>;
    warm: boolean;
    onLine: (line: string, stream: "stdout" | "stderr") => void;
}): NodeProcess {
    const { program, stack, address, dryRun, config, secretKeys, env, warm, onLine } = options;
    const { dir, project } = program;
    if (warm) {
        const run = { project, stack, organization, parallel, address, dryRun, config, secretKeys };
        return startWarm({ kind: "program", dir, env, run }, onLine);
    }
    const find = createRequire(join(dir, "package.json"));
    const flags = {
        monitor: address,
        engine: address,
        organization,
        project,
        "root-directory": dir,
        stack,
        pwd: dir,
        parallel: String(parallel),
    };
    const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
    return startNode({
        script: find.resolve("@pulumi/pulumi/cmd/run"),
        args: [...args, ...(dryRun ? ["--dry-run"] : []), "."],
        cwd: dir,
        env: {
            ...env,
            PULUMI_CONFIG: JSON.stringify(config),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
            PULUMI_NODEJS_TYPESCRIPT: "true",
        },
        onLine,
    });
}
