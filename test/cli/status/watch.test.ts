import { expect } from "chai";

import { dropCollection } from "../../../provider/milvus/collection/collections";
import { checkpointProperty, firstCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { run } from "../../../cli/run";
import { ref } from "../../fake/open";
import { markedSite } from "../../support/cli/marked";
import { linesOf } from "../../support/cli/documentedLines";
import { testIo } from "../../support/cli/testIo";

const [old, copy] = ["docs_1111111", "docs_2222222"];

/** Follows a migration that ends once it was shown. */
async function watched(columns: number | undefined, ...options: string[]) {
    const { client, fake, make } = await markedSite();
    const copying = checkpointProperty({ ...firstCheckpoint("plan", [undefined]), rows: 7 }, 3);
    await make(old, { marker: {} });
    await make(copy, { marker: { from: "1111111", state: "building" }, properties: copying });
    const io = testIo({ environment: { MILVUS_ADDRESS: fake.address, NO_COLOR: "1" }, columns });
    const ended = run(["status", "--watch", ...options], io, "1.2.3");
    while (!io.stdout.text.includes(copy)) await new Promise(setImmediate);
    return { client, io, ended, end: () => dropCollection(client, ref(copy)) };
}

describe("status --watch", () => {
    it("shows a migration with a bar on a terminal until it is over", async () => {
        const { io, ended, end } = await watched(60);
        await end();
        expect(await ended).to.equal(0);
        const [first, ...rest] = io.stdout.text.split("\u001b[0J");
        expect(first).to.match(/7 of 7 rows\n.*\n {4}█{55}\n/);
        expect(rest.join("")).to.include("No migration is under way.");
    });

    it("prints a line for each change where it is piped, and an event for scripts", async () => {
        const piped = await watched(undefined);
        await piped.end();
        await piped.ended;
        expect(piped.io.stdout.text.split("\n")[0]).to.equal(
            `${old} → ${copy}: copying rows: 100 %, 7 of 7 rows`,
        );
        expect(piped.io.stdout.text).to.not.include("\u001b");
        const scripted = await watched(undefined, "--json");
        await scripted.end();
        await scripted.ended;
        const lines = linesOf(scripted.io.stdout.text);
        expect(lines.map(({ type }) => type)).to.deep.equal(["event", "result"]);
        expect(lines[0]!.event).to.include({ kind: "migration", to: copy });
    });

    it("ends at Ctrl-C with what stands there", async () => {
        const { io, ended } = await watched(undefined);
        io.interrupt();
        expect(await ended).to.equal(0);
        expect(io.stdout.text).to.include("Migrations\n").and.include(copy);
    });
});
