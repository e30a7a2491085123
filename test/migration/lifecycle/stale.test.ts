import { expect } from "chai";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import { targetOf } from "../../../provider/milvus/collection/following";
import { swap } from "../../../provider/migration/cutover/swapNames";
import { moveAliasesTo, reportStaleName } from "../../../provider/migration/lifecycle/stale";
import { create, open, ref, serve } from "../../fake/open";

/** Swaps `docs` for its copy on a server whose proxy misses the rename for some queries. */
async function swapped(nameLag: number) {
    const { fake, client } = await open("2.6.18", { pending: 0, nameLag });
    for (const name of ["docs", "docs_new"]) {
        await create(client, name);
        await serve(client, name);
    }
    const lines: string[] = [];
    const report = { say: (line: string) => void lines.push(line), progress: () => undefined };
    const copy = await targetOf(client, ref("docs_new"));
    await swap({ client, ref: ref("docs"), shadow: "docs_new", oldName: "docs_old", report });
    fake.calls.length = 0;
    return { fake, client, copy, lines, report };
}

describe("a name that a rename gives to another collection (fake)", () => {
    it("is asked for until the new collection answers, without a word", async () => {
        const { fake, client, copy, lines, report } = await swapped(4);
        await reportStaleName(client, ref("docs"), copy, report);
        expect(lines).to.deep.equal([]);
        expect(fake.calls.filter((call) => call === "Query")).to.have.length(7);
    });

    it("is warned of where a proxy stays on the former collection", async () => {
        const { client, copy, lines, report } = await swapped(Infinity);
        await reportStaleName(client, ref("docs"), copy, report, 0);
        expect(lines).to.have.length(1);
        expect(lines[0]).to.match(/^warning: docs was renamed, but a proxy .*\[MV370\]$/);
    });
});

describe("an alias that moves with a rename (fake)", () => {
    it("is warned of where a proxy stays on its former target", async () => {
        const { client } = await open("2.6.18", { aliasLag: Infinity });
        for (const name of ["docs", "docs_new"]) {
            await create(client, name);
            await serve(client, name);
        }
        await createAlias(client, { database: undefined, alias: "live" }, "docs");
        const lines: string[] = [];
        const report = { say: (line: string) => void lines.push(line), progress: () => undefined };
        await moveAliasesTo(client, ref("docs_new"), ["live"], report, 0);
        expect(lines).to.have.length(1);
        expect(lines[0]).to.match(/^warning: alias live: .*\[MV368\]$/);
    });
});
