import { expect } from "chai";

import { createAlias, describeAlias } from "../../provider/milvus/collection/aliases";
import { alterLine, type ArticleSite, changed, openArticleSite } from "../support/cli/articleSite";
import { startCommand, until } from "../support/cli/childCommand";
import { expectSameColumn, expectSameKeys, type Table } from "../support/data/table";
import { onServers } from "../support/servers/onServers";
import type { ServerName } from "../support/servers";

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];

onServers("`alter` of a collection behind aliases", { servers, fast: [] }, (server, serverName) => {
    let site: ArticleSite;
    let before: Table;
    let alias: string;
    let other: string;
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        site = await openArticleSite(server(), 1_000, serverName === "milvus-2.3.5" ? ["explicit"] : []);
        await site.writeSchema(changed);
        before = await site.rows();
        alias = `${site.name}_live`;
        other = `${site.name}_other`;
        for (const one of [alias, other]) await createAlias(site.client, ref(one), site.name);
    });
    afterEach(() => site.close());

    const ref = (name: string) => ({ database: undefined, alias: name });
    const targets = () => Promise.all([alias, other].map((one) => describeAlias(site.client, ref(one))));

    async function expectMoved(): Promise<string> {
        const [now] = (await site.collections()) as [string];
        expect(await site.collections()).to.deep.equal([now]);
        expect(now).to.match(new RegExp(`^${alias}_[0-9a-f]{7}$`));
        expect(await targets()).to.deep.equal([now, now]);
        const after = await site.rows(alias);
        expectSameKeys(before, after);
        for (const column of before.columns.keys()) expectSameColumn(before, column, after);
        const owned = Object.entries(await site.properties(now)).filter(
            ([key, value]) => key.startsWith("pulumi.") && value !== "",
        );
        expect(owned).to.deep.equal([]);
        return now;
    }

    it("moves all of its aliases to a new collection, and drops the old one", async function () {
        this.timeout(5 * 60_000);
        const { code, out, err } = await site.run(alterLine(alias, "--yes"));
        expect(code, out + err).to.equal(0);
        const now = await expectMoved();
        expect(out).to.include("cut over").and.include(`point at ${now}`);
        expect((await site.run(alterLine(alias))).out).to.match(/no changes detected\n$/);
    });

    it("takes over the name of a collection whose aliases stay with it", async function () {
        this.timeout(5 * 60_000);
        const { code, out, err } = await site.run(alterLine(site.name, "--yes"));
        expect(code, out + err).to.equal(0);
        expect(await site.collections()).to.deep.equal([site.name]);
        expect(await targets()).to.deep.equal([site.name, site.name]);
        expectSameKeys(before, await site.rows(alias));
    });

    it("retains the previous collection where it is asked to, and says so", async function () {
        this.timeout(5 * 60_000);
        const { code, out, err } = await site.run(alterLine(alias, "--yes", "--keep-previous"));
        expect(code, out + err).to.equal(0);
        expect(out).to.include("is retained").and.include("`pulumi-milvus rollback`");
        expect(await site.collections())
            .to.include(site.name)
            .and.have.length(2);
        const byOwnName = await site.run(alterLine((await targets())[0]!, "--yes"));
        expect(byOwnName.code).to.equal(1);
        expect(byOwnName.err).to.include(`--collection ${alias}`).and.include("[MV522]");
        // The next change drops what was retained.
        await site.writeSchema(changed.filter(({ field_name }) => field_name !== "active"));
        const next = await site.run(alterLine(alias, "--yes"));
        expect(next.code, next.out + next.err).to.equal(0);
        await expectMoved();
    });

    it("is finished by the same command where it was killed after the aliases had moved", async function () {
        this.timeout(8 * 60_000);
        const argv = alterLine(alias, "--yes", "--grace", "20");
        const command = startCommand(argv, site.folder, site.server.address);
        await until(command, async () =>
            (await targets()).every((one) => one !== site.name) ? true : undefined,
        );
        command.child.kill("SIGKILL");
        await command.ended;
        expect(await site.collections()).to.have.length(2);
        const { code, out, err } = await site.run(alterLine(alias, "--yes"));
        expect(code, out + err).to.equal(0);
        await expectMoved();
    });
});
