#!/usr/bin/env node
import { packageVersion } from "../provider/packageFolder";
import type { Io } from "./io";
import { processIo } from "./processIo";
import { run } from "./run";

/** Ends the process once all output is written: open connections do not keep it. */
async function main(io: Io): Promise<void> {
    const code = await run(process.argv.slice(2), io, packageVersion(__dirname));
    for (const stream of [io.stdout, io.stderr])
        await new Promise<void>((resolve) => stream.write("", () => resolve()));
    process.exit(code);
}

void main(processIo());
