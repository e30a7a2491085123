import { expect } from "chai";

import { createIndex } from "../../provider/milvus/collection/indexes";
import { loadCollection, loadState } from "../../provider/milvus/collection/loading";
import { expectSameColumn, expectSameKeys } from "../support/data/table";
import { onServers } from "../support/servers/onServers";
import { alterLine, type ArticleSite, changed, openArticleSite } from "../support/cli/articleSite";

onServers("`rollback` after `alter`", { servers: ["milvus-lite-3.2.2"], fast: [] }, (server) => {
    let site: ArticleSite;
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        site = await openArticleSite(server(), 500);
        await site.writeSchema(changed);
    });
    afterEach(() => site.close());

    it("restores the collection that was retained, and leaves nothing else", async function () {
        this.timeout(5 * 60_000);
        const name = { name: "name", dataType: "VarChar" } as const;
        const before = { fields: await site.fields(), rows: await site.rows(site.name, [name]) };
        const live = { database: undefined, name: site.name };
        await createIndex(site.client, live, {
            field: "vector",
            name: "vector",
            indexType: "AUTOINDEX",
            metricType: "COSINE",
            params: {},
        });
        await loadCollection(site.client, live, { replicas: 1, resourceGroups: [] });
        const altered = await site.run(alterLine(site.name, "--yes", "--keep-previous"));
        expect(altered.code, altered.out + altered.err).to.equal(0);
        expect(await site.fields())
            .to.include("rating")
            .and.not.include("name");
        expect(await site.collections()).to.have.length(2);
        expect(await loadState(site.client, live)).to.equal("loaded");

        const asked = await site.run(["rollback", site.name]);
        expect(asked.err).to.match(/^error: go back to .*, then drop .*\[MV501\]\n  see: .+#mv501\n$/);
        expect(await site.fields()).to.include("rating");

        const back = await site.run(["rollback", site.name, "--yes"]);
        expect(back.code, back.out + back.err).to.equal(0);
        expect(await site.collections()).to.deep.equal([site.name]);
        // It was retained out of memory.
        expect(await loadState(site.client, live)).to.equal("loaded");
        expect(await site.fields()).to.deep.equal(before.fields);
        const rows = await site.rows(site.name, [name]);
        expectSameKeys(before.rows, rows);
        for (const column of ["file_id", "vector", "text", "metadata", "page_num", "name"])
            expectSameColumn(before.rows, column, rows);
        const nothing = await site.run(["rollback", site.name, "--yes"]);
        expect(nothing.err).to.match(/nothing is retained behind it.*\[MV513\]/);
    });
});
