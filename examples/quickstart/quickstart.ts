import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { engines } from "../../scripts/engine/engines";
import { makeProgram } from "../../scripts/engine/program";
import type { Engine, Result, Stack } from "../../scripts/engine/stack";
import { aliasTarget, countRows, loadRows } from "./rows";
import { connectTo } from "./server/givenServer";
import type { RunningServer } from "./server/milvusLite";
import type { Screen } from "./show/screen";

const ROWS = 10_000;
const rowsText = ROWS.toLocaleString("en-US");
const source = (file: string) => readFile(join(__dirname, file), "utf8");

/** Version one of the program, rows, version two, a check that each row was carried over, and the end of it all. */
export async function quickstart(server: RunningServer, screen: Screen): Promise<void> {
    const engine = await chooseEngine(screen);
    const program = await makeProgram({
        project: "quickstart",
        files: { "index.ts": await source("index.ts") },
    });
    const stack = await engine.createStack({
        program,
        name: "dev",
        onMessage: (message) => screen.tell(message),
    });
    const client = connectTo(server);
    const run = (title: string, operation: () => Promise<Result>, after = () => Promise.resolve()) =>
        screen.step(title, async () => {
            const { ok, failure } = await operation();
            if (!ok) throw new Error(`${title}: ${failure}`);
            await after();
        });
    try {
        await stack.setConfig("milvus:address", server.address);
        if (server.token) await stack.setConfig("milvus:token", server.token, true);

        let before = "";
        await run(
            "Version one: pulumi up",
            () => stack.up(),
            async () => {
                before = await aliasTarget(client, "docs");
                screen.line(`The alias docs points at ${before}.`);
            },
        );
        await screen.step(`An application inserts ${rowsText} rows`, () =>
            loadRows(client, "docs", ROWS, (done) => screen.progress({ step: "insert", done, total: ROWS })),
        );
        await program.write("index.ts", await source("changed.ts"));
        await run("Version two: pulumi preview", () => stack.preview());
        await run(
            "Version two: pulumi up",
            () => stack.up(),
            async () => {
                const rows = await countRows(client, "docs");
                const after = await aliasTarget(client, "docs");
                await requireWhole(stack, { before, after, rows });
                screen.line(
                    `All ${rowsText} rows are there, and the alias docs moved from ${before} to ${after}.`,
                );
            },
        );
        await run("Cleaning up: pulumi destroy", () => stack.destroy());
    } finally {
        await client.closeConnection();
        await stack.close();
        await program.dispose();
    }
}

/** The real CLI where it is installed, else the small engine of the repository. */
async function chooseEngine(screen: Screen): Promise<Engine> {
    const choices = await engines();
    const engine = choices.map((choice) => choice.engine).find((found) => found !== undefined)!;
    const name =
        engine.name === "pulumi" ? "the pulumi CLI" : "the small engine of this repository, with SDK";
    const missing = choices.find((choice) => choice.missing !== undefined)?.missing;
    screen.line(`Pulumi: ${name} ${engine.version}${missing === undefined ? "" : ` (${missing})`}`);
    return engine;
}

async function requireWhole(
    stack: Stack,
    { before, after, rows }: { before: string; after: string; rows: number },
): Promise<void> {
    if (rows !== ROWS) throw new Error(`${ROWS} rows before, ${rows} after`);
    const { collection } = await stack.outputs();
    if (after === before || after !== collection) throw new Error("the alias was not switched");
}
