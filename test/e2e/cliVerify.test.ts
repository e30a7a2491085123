import { expect } from "chai";

import { createCollection } from "../../provider/milvus/collection/collections";
import { parseCollection } from "../../provider/inputs/parse";
import { type ArticleSite, alterLine, changed, openArticleSite } from "../support/cli/articleSite";
import { onServers } from "../support/servers/onServers";
import type { ServerName } from "../support/servers";

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];

onServers("`verify`", { servers, fastTests: 1 }, (server, serverName) => {
    let site: ArticleSite;
    let previous: string;
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        site = await openArticleSite(server(), 600, serverName === "milvus-2.3.5" ? ["explicit"] : []);
        await site.writeSchema(changed);
        const { code, out, err } = await site.run(alterLine(site.name, "--yes", "--keep-previous"));
        expect(code, out + err).to.equal(0);
        previous = (await site.collections()).find((one) => one !== site.name)!;
    });
    afterEach(() => site.close());

    it("finds the rows of a collection in another one, and names the keys that differ", async function () {
        this.timeout(5 * 60_000);
        const equal = await site.run(["verify", previous, site.name]);
        expect(equal.code, equal.out + equal.err).to.equal(0);
        expect(equal.out)
            .to.include("600 rows compared value by value")
            .and.include(`name (only in ${previous})`)
            .and.include(`rating (only in ${site.name})`);
        const counted = await site.run(["verify", previous, site.name, "--count", "--json"]);
        expect(counted.json().at(-1)!.result).to.deep.include({ by: "count", isEqual: true });

        const [first, second] = (await site.rows()).keys as [string, string];
        await site.client.call("Delete", {
            collection_name: site.name,
            expr: `id in [${first}, ${second}]`,
        });
        const missing = await site.run(["verify", previous, site.name]);
        expect(missing.code).to.equal(1);
        expect(missing.err)
            .to.match(/2 missing \((\d+), (\d+)\) \[MV526\]\n  see: .+#mv526\n$/)
            .and.include(first);
        const other = await site.run(["verify", site.name, previous]);
        expect(other.err).to.match(/2 extra \(\d+, \d+\) \[MV526\]\n  see: .+#mv526\n$/);
        const withoutKeys = await site.run(["verify", previous, site.name, "--ignore-keys"]);
        expect(withoutKeys.err).to.match(/2 missing .* \[MV526\]\n  see: .+#mv526\n$/);
        // A second connection to the same server stands for another one.
        const onTwo = await site.run([
            "verify",
            previous,
            site.name,
            "--target-address",
            site.server.address,
        ]);
        expect(onTwo.err).to.match(/2 missing .* \[MV526\]\n  see: .+#mv526\n$/);
    });

    it("says why it cannot compare", async function () {
        this.timeout(5 * 60_000);
        const { spec } = parseCollection({
            fields: [
                { name: "key", dataType: "VarChar", isPrimaryKey: true },
                { name: "vector", dataType: "FloatVector", dim: 4 },
            ],
        });
        const name = `${site.name}_texts`;
        await createCollection(site.client, { database: undefined, name }, spec!, {});
        const { code, err } = await site.run(["verify", site.name, name]);
        expect(code).to.equal(1);
        expect(err).to.include("the primary key is key (VarChar) there").and.include("[MV527]");
        expect((await site.run(["verify", site.name, `${site.name}_none`])).err).to.include("[MV520]");
        expect((await site.run(["verify", site.name, name, "--count", "--full"])).err).to.include("[MV500]");
    });
});
