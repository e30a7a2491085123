import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { engines } from "../../scripts/engine/engines";
import { expectOk } from "../support/data/site";
import { insertRows } from "../support/data/rows";
import { openFaultySite } from "../support/faults/site";
import { chosenServers, type Server, server, ServerUnavailable } from "../support/servers";
import { currentTier } from "../support/tier";
import { blockOnce, declared, javaScript, programs } from "./readme";

const rows = 10_000;
/** Progress lines are not compared: a slow machine prints more of them. */
const progress = /^docs: (copied|verified|indexed|loaded) [\d,]+ (of|%)/;

const name = "milvus-lite-3.2.2";

describe(`README on ${name}`, () => {
    // The every-day suite resumes runs in test/e2e/interruptedRun and test/faults/few.
    if (currentTier() === "fast") return;
    let milvus: Server;
    before(async function () {
        this.timeout(15 * 60_000);
        if (!chosenServers().includes(name)) this.skip();
        try {
            milvus = await server(name);
        } catch (error) {
            if (error instanceof ServerUnavailable) return this.skip();
            throw error;
        }
    });

    it("shows the output of `up` after the provider was killed during the copy", async function () {
        this.timeout(5 * 60_000);
        const engine = (await engines()).find((choice) => choice.name === "test engine")!.engine!;
        const site = await openFaultySite(engine, milvus);
        try {
            const { first, changed } = small(programs());
            const write = (program: string) => writeFile(join(site.dir, "index.js"), javaScript(program));
            await write(first);
            expectOk(await site.stack.up());
            const collection = (await site.aliasTarget("docs"))!;
            const keys = Array.from({ length: rows }, (_, key) => String(key));
            await insertRows({ ...site, collection, fields: declared(first).fields, keys });

            await write(slow(changed));
            // The copy continues until its first checkpoint is saved.
            site.order({ method: "Insert", nth: 10, when: "before" }, { kind: "stall", seconds: 4 });
            const killed = site.order(
                { method: "AlterCollection", of: savesPosition, when: "after" },
                { kind: "kill-provider" },
            );
            const up = await site.stack.up();
            await killed.done;
            expect(up.ok, up.output).to.equal(false);
            await site.mend();

            await write(changed);
            const again = expectOk(await site.stack.up());
            const lines = again.messages.flatMap((message) => message.replace(/^info: /, "").split("\n"));
            const own = lines.filter((line) => line.startsWith("docs: ")).join("\n");
            expect(stable(blockOnce("resumed-up", own))).to.deep.equal(stable(own));
        } finally {
            // `close` drops only names with a prefix, which these names do not have.
            await site.stack.destroy();
            await site.close();
        }
    });
});

/** Small vectors, which a busy machine copies and indexes quickly; the messages are the same. */
function small({ first, changed }: ReturnType<typeof programs>): ReturnType<typeof programs> {
    const shrink = (program: string) => program.replace("dim: 1024", "dim: 8");
    return { first: shrink(first), changed: shrink(changed) };
}

/** Small batches make many inserts. */
function slow(program: string): string {
    return program.replace("  fields: [", "  migration: { batchBytes: 65_536 },\n  fields: [");
}

/** The call that saves a checkpoint of the copy. */
function savesPosition({ properties }: Record<string, unknown>): boolean {
    return (properties as { key: string }[]).some(({ key }) => key === "pulumi.checkpoint");
}

/** The lines that are the same in every run. */
function stable(text: string): string[] {
    return text
        .split("\n")
        .filter((line) => !progress.test(line))
        .map((line) => line.replace(/docs_[0-9a-f]{7}/g, "docs_#").replace(/\d[\d,.]*/g, "#"));
}
