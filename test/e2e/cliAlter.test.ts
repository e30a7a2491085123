import { expect } from "chai";

import { setProperties } from "../../provider/milvus/collection/collections";
import { markerProperties } from "../../provider/observe/ownershipMarker";
import { alterLine, type ArticleSite, changed, entries, openArticleSite } from "../support/cli/articleSite";
import { expectEveryCell, expectSameColumn, expectSameKeys } from "../support/data/table";
import { onServers } from "../support/servers/onServers";
import type { ServerName } from "../support/servers";

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];
const count = 2_000;
/** Milvus before 2.6.3 takes no keys where it makes them. */
const keysOf = (server: ServerName) => (server === "milvus-2.3.5" ? ["explicit"] : []);

onServers("`alter` for a script with pymilvus", { servers, fastTests: 3 }, (server, serverName) => {
    let site: ArticleSite;
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        site = await openArticleSite(server(), count, keysOf(serverName));
        await site.writeSchema(changed);
    });
    afterEach(() => site.close());

    it("prints the plan of a dry run, and changes nothing", async function () {
        this.timeout(5 * 60_000);
        const before = {
            rows: await site.rows(),
            properties: await site.properties(),
            fields: await site.fields(),
        };
        const { code, out, err } = await site.run(alterLine(site.name, "--dry-run"));
        expect(code, out + err).to.equal(0);
        expect(out)
            .to.include(`${site.name}: migrate 2,000 rows to a new collection, then cut over`)
            .and.include("- name: dropped, with its values in 2,000 rows")
            .and.include("+ rating: new Float, set to 2.5 in 2,000 rows")
            .and.include("+ active: new Bool, set to false in 2,000 rows")
            .and.include("no changes made");
        const asked = await site.run(alterLine(site.name));
        expect(asked.code).to.equal(1);
        expect(asked.err).to.include("Add --yes to agree [MV501]");
        const pending = await site.run([
            ...["plan", "-c", site.name, "-s", "schema.json", "--detailed-exitcode", "--json"],
        ]);
        expect(pending.code).to.equal(2);
        expect(pending.json().at(-1)).to.deep.include({ type: "result", command: "plan" });
        expect(pending.json().at(-1)!.result).to.include({ verdict: "migrate", rows: count });
        expect(await site.collections()).to.deep.equal([site.name]);
        expect({
            rows: await site.rows(),
            properties: await site.properties(),
            fields: await site.fields(),
        }).to.deep.equal(before);
    });

    it("detects no changes, by the list and by the arguments of a program", async function () {
        this.timeout(5 * 60_000);
        for (const schema of [entries, { fields: undefined }, [...entries].reverse()]) {
            await site.writeSchema(schema);
            const { code, out, err } = await site.run(alterLine(site.name, "--yes"));
            expect({ code, out, err }).to.deep.equal({
                code: 0,
                out: `${site.name}: no changes detected\n`,
                err: "",
            });
        }
        const { code } = await site.run([
            "plan",
            "-c",
            site.name,
            "-s",
            "schema.json",
            "--detailed-exitcode",
        ]);
        expect(code).to.equal(0);
    });

    it("adds a field with and one without a default, drops one, and keeps all rows bit for bit", async function () {
        this.timeout(5 * 60_000);
        const before = await site.rows();
        const { code, out, err } = await site.run(alterLine(site.name, "--yes", "--batch-size", "500"));
        expect(code, out + err).to.equal(0);
        expect(out).to.include("2,000 rows compared value by value").and.include(`${site.name}: done`);
        expect(await site.collections()).to.deep.equal([site.name]);
        expect(await site.fields()).to.deep.equal([
            "active",
            "file_id",
            "id",
            "metadata",
            "page_num",
            "rating",
            "text",
            "vector",
        ]);
        const after = await site.rows(site.name, [
            { name: "rating", dataType: "Float" },
            { name: "active", dataType: "Bool" },
        ]);
        expect(before.rows).to.equal(count);
        expectSameKeys(before, after);
        for (const column of before.columns.keys()) expectSameColumn(before, column, after);
        expect(new Set(after.column("rating")).size).to.equal(1);
        expectEveryCell(after, "active", after.column("active")[0]!);
        const owned = Object.entries(await site.properties()).filter(
            ([key, value]) => key.startsWith("pulumi.") && value !== "",
        );
        expect(owned, "nobody owns the collection").to.deep.equal([]);
        const again = await site.run(alterLine(site.name, "--yes"));
        expect(again.out).to.match(/no changes detected\n$/);
    });

    it("refuses what is not there, and what a Pulumi stack manages", async function () {
        this.timeout(5 * 60_000);
        const missing = await site.run(alterLine(`${site.name.slice(0, -1)}z`, "--yes"));
        expect(missing.err).to.include(`Did you mean "${site.name}"? [MV520]`);
        const marker = {
            owner: "site/prod/docs",
            generation: "1234567",
            from: undefined,
            state: "live",
        } as const;
        await setProperties(site.client, { database: undefined, name: site.name }, markerProperties(marker));
        const owned = await site.run(alterLine(site.name, "--yes"));
        expect(owned.code).to.equal(1);
        expect(owned.err)
            .to.include("is managed by the Pulumi stack site/prod (resource docs)")
            .and.include("run `pulumi up` [MV521]");
        expect(await site.properties()).to.include({ "pulumi.owner": "site/prod/docs" });
    });
});
