import { expect } from "chai";

import { listRetained } from "../../provider/migration/properties/previous";
import { ref } from "../fake/open";
import { markedSite } from "../support/cli/marked";

describe("rollback", () => {
    it("says what the program of a stack has to say, with the schema of what is retained", async () => {
        const { client, command, make, names } = await markedSite();
        await make("docs_0000000", { marker: { state: "previous" } });
        await make("docs_1111111", { marker: { from: "0000000" }, aliases: ["docs"] });
        await listRetained(client, ref("docs_1111111"), [{ ...ref("docs_0000000"), generation: "0000000" }]);
        for (const name of ["docs", "docs_1111111"]) {
            const { code, out, err } = await command("rollback", name);
            expect(code).to.equal(1);
            expect(out).to.include('    { name: "id", dataType: "Int64", isPrimaryKey: true },\n');
            expect(out).to.match(/migration: \{ rollback: "previous" \},\n$/);
            expect(err).to.match(
                /^error: docs_1111111 is managed by the Pulumi stack shop\/prod .*\[MV514\]\n  see: .+#mv514\n$/,
            );
        }
        expect(names()).to.deep.equal(["docs_0000000", "docs_1111111"]);
    });

    it("goes back to an earlier collection by its name or its generation, and names all that are retained", async () => {
        const { client, command, make } = await markedSite();
        for (const name of ["docs_0000000", "docs_1111111"])
            await make(name, { marker: { state: "previous" } });
        await make("docs_2222222", { marker: { from: "1111111" } });
        const listed = ["1111111", "0000000"].map((generation) => ({
            ...ref(`docs_${generation}`),
            generation,
        }));
        await listRetained(client, ref("docs_2222222"), listed);
        const { out } = await command("rollback", "docs_2222222");
        expect(out).to.include("// docs_1111111").and.include('migration: { rollback: "previous" },');
        for (const to of ["docs_0000000", "0000000"]) {
            const earlier = await command("rollback", "docs_2222222", "--to", to);
            expect(earlier.out)
                .to.include("// docs_0000000")
                .and.include(`migration: { rollback: { to: "${to}" } },`);
            expect(earlier.err).to.include("[MV514]");
        }
        expect((await command("rollback", "docs_2222222", "--to", "docs")).err).to.match(
            /docs is not retained behind it, but docs_1111111 \(1111111\), docs_0000000 \(0000000\).*\[MV513\]/,
        );
    });

    it("names what is missing", async () => {
        const { command, make } = await markedSite();
        await make("docs_1111111", { marker: {} });
        expect((await command("rollback", "docs_1111111")).err).to.match(
            /nothing is retained behind it.*\[MV513\]/,
        );
        expect((await command("rollback", "docs")).err).to.match(
            /there is no collection and no alias docs.*\[MV513\]/,
        );
    });
});
