/**
 * Runs the quickstart as one command: Milvus, version one of the program, 10,000 rows, version two, and a check that
 * all rows were carried over. It uses `MILVUS_ADDRESS` if it is set, otherwise it starts milvus-lite; it uses the
 * pulumi CLI if it is installed, otherwise the test engine. It leaves nothing running.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { MilvusClient } from "@zilliz/milvus2-sdk-node";

import { engines } from "../../test/support/engine/engines";
import { makeProgram } from "../../test/support/engine/program";
import type { Result, Stack } from "../../test/support/engine/stack";
import { disposeServers, server } from "../../test/support/servers";
import { aliasTarget, countRows, loadRows } from "./rows";

const ROWS = 10_000;
const say = (line = "") => console.log(line);
const title = (line: string) => say(`\n== ${line}`);
const source = (file: string) => readFile(join(__dirname, file), "utf8");

async function main(): Promise<void> {
    title("A Milvus server");
    process.env["PULUMI_MILVUS_SERVERS"] ??= process.env["MILVUS_ADDRESS"] ? "external" : "milvus-lite-3.2.2";
    const milvus = await server(process.env["MILVUS_ADDRESS"] ? "external" : "milvus-lite-3.2.2");
    say(`${milvus.name} at ${milvus.address}`);

    const choices = await engines();
    const engine = choices.map((choice) => choice.engine).find((found) => found !== undefined)!;
    const missing = choices.find((choice) => choice.missing !== undefined);
    say(`engine: ${engine.name} ${engine.version}${missing ? ` (${missing.name}: ${missing.missing})` : ""}`);

    const program = await makeProgram({
        project: "quickstart",
        files: { "index.ts": await source("index.ts") },
    });
    const stack = await engine.createStack({ program, name: "dev" });
    const client = new MilvusClient({
        address: milvus.address,
        ...(milvus.token && { token: milvus.token }),
    });
    try {
        await stack.setConfig("milvus:address", milvus.address);
        if (milvus.token) await stack.setConfig("milvus:token", milvus.token, true);

        title("Version one: pulumi up");
        show(await stack.up());
        const before = await aliasTarget(client, "docs");
        say(`the alias docs points at ${before}`);

        title(`An application loads ${ROWS.toLocaleString("en-US")} rows`);
        await loadRows(client, "docs", ROWS);
        const rowsBefore = await countRows(client, "docs");
        say(`the alias docs returns ${rowsBefore} rows`);

        title("Version two: pulumi preview");
        await program.write("index.ts", await source("changed.ts"));
        show(await stack.preview());

        title("Version two: pulumi up");
        show(await stack.up());
        const after = await aliasTarget(client, "docs");
        const rowsAfter = await countRows(client, "docs");
        say(`the alias docs points at ${after} and returns ${rowsAfter} rows`);
        await requireSame(stack, { before, after, rowsBefore, rowsAfter });

        title("Cleaning up: pulumi destroy");
        show(await stack.destroy());
    } finally {
        await client.closeConnection();
        await stack.close();
        await program.dispose();
    }
}

function show(result: Result): void {
    for (const message of result.messages) say(message);
    if (!result.ok) throw new Error(result.failure);
}

async function requireSame(
    stack: Stack,
    seen: { before: string; after: string; rowsBefore: number; rowsAfter: number },
): Promise<void> {
    const outputs = await stack.outputs();
    if (seen.rowsAfter !== seen.rowsBefore)
        throw new Error(`${seen.rowsBefore} rows before, ${seen.rowsAfter} after`);
    if (seen.after === seen.before || seen.after !== outputs["collection"])
        throw new Error("the alias was not switched");
    say(
        `\nAll ${seen.rowsAfter} rows are in the new collection, and the alias moved from ${seen.before} to ${seen.after}.`,
    );
}

main()
    .catch((error: unknown) => {
        console.error(`\nquickstart failed: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
    })
    .finally(() => disposeServers());
