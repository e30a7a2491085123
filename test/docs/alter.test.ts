import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { documentOf } from "../../cli/schema/document";
import { parseSchema } from "../../cli/schema/schemaFile";
import { Connection } from "../../provider/inputs/schema/connection";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { recorded } from "../support/cli/terminal";
import { runCommand } from "../support/cli/testIo";
import { expectOk, openSite } from "../support/data/site";
import { engines } from "../../scripts/engine/engines";
import { onServers } from "../support/servers/onServers";
import { environment } from "../support/servers/python";
import { block, blockOnce, changedBy, javaScript } from "./readme";

const page = "docs/alter.md";
const rows = 4_000;

/** What differs from run to run: names that are made up, and times. */
function told(lines: readonly string[]): string {
    const names = new Map<string, string>();
    const stable = ["docs_7529f88", "docs_3fa9c1d"];
    return lines
        .join("\n")
        .replace(/docs_[0-9a-f]{7}/g, (name) => {
            if (!names.has(name)) names.set(name, stable[names.size] ?? name);
            return names.get(name)!;
        })
        .replace(/time: about \d+ (s|min)/, "time: about 5 s")
        .replace(/value by value in \d+ (s|min)/, "value by value in 1 s");
}

onServers("docs/alter.md", { servers: ["milvus-lite-3.2.2"], fastTests: 3 }, (server) => {
    let client: MilvusClient;
    let folder: string;
    let database: string;
    let used = 0;
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        folder = await mkdtemp(join(tmpdir(), "docs-alter-"));
        database = `docs_alter_${process.pid}_${++used}`;
        client = await MilvusClient.connect(Connection.parse({ address: server().address }));
        await client.call("CreateDatabase", { db_name: database });
        const interpreter = join(await environment("milvus-lite-3.2.2"), "bin/python");
        const script = join(__dirname, "../support/cli/pymilvusScript.py");
        const args = [server().address, "docs", String(rows), "16", `database=${database}`];
        await promisify(execFile)(interpreter, [script, ...args]);
        await writeFile(join(folder, "schema.json"), block("schema", page));
    });
    afterEach(async () => {
        await client.call("DropCollection", { db_name: database, collection_name: "docs" });
        await client.call("DropDatabase", { db_name: database });
        client.close();
        await rm(folder, { recursive: true });
    });

    /** As on a terminal whose clock moves on with each thing that is shown. */
    const onTerminal = async (columns: number) => {
        let seconds = 0;
        const environment = { MILVUS_ADDRESS: server().address, MILVUS_DATABASE: database };
        const argv = ["alter", "--collection", "docs", "--schema", "schema.json", "--yes", "--no-color"];
        const options = ["--max-rows-per-second", "4000", "--grace", "0"];
        return runCommand([...argv, ...options], {
            folder,
            environment,
            columns,
            now: () => (seconds += 100),
        });
    };

    for (const [columns, name] of [
        [80, "end-80"],
        [140, "end-140"],
    ] as const)
        it(`shows what a terminal of ${columns} columns shows`, async function () {
            this.timeout(5 * 60_000);
            const { code, out, err } = await onTerminal(columns);
            expect(code, out + err).to.equal(0);
            const isCopying = (line: string) => /copy.*512 of 4,000 rows/.test(line);
            const { end, during } = recorded(out, columns, isCopying);
            for (const line of end) expect(line.length, line).to.be.at.most(columns);
            const text = told(end);
            expect(text).to.equal(blockOnce(name, text, page));
            if (columns !== 80) return;
            const bar = during!.find(isCopying)!;
            expect(bar).to.equal(blockOnce("during-80", bar, page));
        });

    it("has files that the command takes", async function () {
        this.timeout(5 * 60_000);
        expect(documentOf(parseSchema("schema", block("schema", page))).form).to.equal("list");
        await writeFile(join(folder, "arguments.yaml"), block("arguments", page));
        const { code, out, err } = await runCommand(["plan", "-c", "docs", "-s", "arguments.yaml"], {
            folder,
            environment: { MILVUS_ADDRESS: server().address, MILVUS_DATABASE: database },
        });
        expect(code, out + err).to.equal(0);
        expect(out).to.include("migrate 4,000 rows").and.include("HNSW");
    });

    it("has a program that adopts what `alter` has made, and one that changes it", async function () {
        this.timeout(5 * 60_000);
        expect((await onTerminal(80)).code).to.equal(0);
        const engine = (await engines()).find(({ name }) => name === "test engine")!.engine!;
        const config = { address: server().address, database };
        const site = await openSite(engine, server(), { config });
        try {
            const { first, changed } = changedBy(block("adopt", page), block("change", page));
            const write = (program: string) => writeFile(join(site.dir, "index.js"), javaScript(program));
            await write(first);
            const adopted = expectOk(await site.stack.up());
            expect(adopted.output).to.not.include("MV303");
            expect((await site.stack.up()).ops.same).to.equal(1);
            await write(changed);
            const migrated = expectOk(await site.stack.up());
            expect(migrated.output).to.include("migrate 4,000 rows");
        } finally {
            await site.close();
        }
    });
});
