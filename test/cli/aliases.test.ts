import { expect } from "chai";

import { nameSuccessor } from "../../provider/migration/properties/successor";
import { describeAlias } from "../../provider/milvus/collection/aliases";
import { insert, ref, smallest } from "../fake/open";
import { markedSite, owner } from "../support/cli/marked";

const rows = { id: ["1", "2"] };

async function site() {
    const all = await markedSite();
    const targetOf = (alias: string) => describeAlias(all.client, { database: undefined, alias });
    return { ...all, targetOf };
}

describe("aliases", () => {
    it("lists them with their collections and owners", async () => {
        const { command, make } = await site();
        expect((await command("aliases", "list")).out).to.equal("database default has no alias\n");
        await make("docs_1111111", {
            marker: {},
            aliases: ["live"],
            properties: { "pulumi.protected": "true" },
        });
        await make("other", { aliases: ["a"] });
        expect((await command("aliases", "list")).out.split("\n")).to.deep.equal([
            "alias  collection    protected  owner",
            "a      other         no         -",
            `live   docs_1111111  yes        ${owner}`,
            "",
        ]);
        const { json } = await command("aliases", "describe", "live", "--json");
        expect(json()[0]).to.deep.equal({
            type: "result",
            command: "aliases describe",
            result: {
                database: "default",
                alias: "live",
                collection: "docs_1111111",
                owner,
                isProtected: true,
            },
        });
    });

    it("creates, moves and drops one", async () => {
        const { command, make, targetOf } = await site();
        await make("v1");
        await make("v2");
        expect((await command("aliases", "create", "docs", "v1")).out).to.equal("docs → v1\n");
        expect((await command("aliases", "create", "docs", "v1")).code).to.equal(0);
        expect((await command("aliases", "create", "docs", "v2")).err).to.match(
            /aliases switch docs v2.*\[MV511\]/,
        );
        expect((await command("aliases", "switch", "docs", "v2")).out).to.equal(
            "alias docs: points at v2 now, and no longer at v1\n",
        );
        expect(await targetOf("docs")).to.equal("v2");
        expect((await command("aliases", "drop", "docs")).err).to.match(/\[MV501\]/);
        expect((await command("aliases", "drop", "docs", "--yes")).out).to.equal(
            "dropped the alias docs of v2\n",
        );
        expect(await targetOf("docs")).to.equal(undefined);
    });

    it("names what is not there, and what is no alias", async () => {
        const { command, make } = await site();
        await make("v1");
        expect((await command("aliases", "describe", "docs")).err).to.match(
            /there is no alias docs.*\[MV510\]/,
        );
        expect((await command("aliases", "drop", "v1", "--yes")).err).to.match(
            /v1 is a collection.*\[MV510\]/,
        );
        expect((await command("aliases", "create", "docs", "none")).err).to.match(/\[MV312\]/);
        expect((await command("aliases", "create", "v1", "v1")).code).to.equal(1);
        expect((await command("aliases", "create", "a b", "v1")).err).to.match(/\[MV007\]/);
    });

    it("keeps one that a program protects, as the core does", async () => {
        const { client, command, make, targetOf } = await site();
        const properties = { "pulumi.protected": "true" };
        await make("docs_1111111", { marker: {}, aliases: ["live"], properties, isLoaded: true });
        await make("empty", { isLoaded: true });
        await insert(client, "docs_1111111", { fields: smallest }, rows);
        expect((await command("aliases", "drop", "live", "--yes")).err).to.match(/2 rows.*\[MV305\]/);
        expect((await command("aliases", "switch", "live", "empty")).err).to.match(/2 rows.*\[MV350\]/);
        expect(await targetOf("live")).to.equal("docs_1111111");
    });

    it("does not move one before the migration that its target ends", async () => {
        const { client, command, make, targetOf } = await site();
        await make("docs_1111111", { marker: {}, aliases: ["live"] });
        await make("docs_2222222", { marker: { from: "1111111" } });
        await nameSuccessor(client, ref("docs_1111111"), { ...ref("docs_2222222"), retain: undefined });
        expect((await command("aliases", "switch", "live", "docs_2222222")).err).to.match(/\[MV327\]/);
        expect(await targetOf("live")).to.equal("docs_1111111");
    });
});
