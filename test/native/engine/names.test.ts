import { expect } from "chai";

import { expectFailure, expectOk } from "../../support/data/site";
import { create, serve } from "../../fake/open";
import { args, id, none, text, vector, renamed } from "./nativeSite";
import { onNative } from "./onNative";

onNative("names and imports of a native program", ({ fast, full }) => {
    full("follow pulumi:autonaming, and keep a proposed name in a migration", async (native) => {
        const { site } = native;
        await site.stack.setConfig("pulumi:autonaming", JSON.stringify({ pattern: "${name}-${hex(5)}" }));
        const program = (fields: object[]) => `new milvus.Collection(prefix + "docs", ${args({}, fields)});`;
        await native.up(program([id, vector, text]));
        const [old] = await site.collections();
        expect(old).to.match(/docs_[0-9a-f]{5}$/);
        await native.fill(old!, 10);
        await native.up(program([id, vector, renamed]));
        expect(await site.collections()).to.deep.equal([old]);
    });

    full(
        "are refused where the stack enforces what Milvus does not take (MV356), or asks for a name (MV357)",
        async (native) => {
            const { site } = native;
            await native.write(`new milvus.Collection("docs-of-shop", ${args()});`);
            for (const [config, code] of [
                [{ mode: "verbatim" }, "[MV356]"],
                [{ mode: "disabled" }, "[MV357]"],
            ] as const) {
                await site.stack.setConfig("pulumi:autonaming", JSON.stringify(config));
                expectFailure(await site.stack.up(), code);
            }
        },
    );

    fast(
        "import a collection that others made, which is then refreshed and migrated like any other",
        async (native) => {
            const { fake, site } = native;
            const name = `${site.prefix}made`;
            await create(site.client, name, { fields: [id, vector, text] });
            await serve(site.client, name, [id, vector, text]);
            await native.fill(name, 50);
            const program = (fields: object[], options = "{}") =>
                `new milvus.Collection(prefix + "docs", ${args({ name }, fields)}, ${options});`;
            const imported = program([id, vector, text], `{ import: "${name}" }`);
            // The program says how its rows would move, which no server does.
            const up = await native.up(imported);
            expect(up.ops).to.deep.equal({ ...none, update: 1 });
            expect(up.places).to.deep.equal([`${site.prefix}docs: add migration`]);
            expect((await native.up(program([id, vector, text]))).ops).to.deep.equal({ ...none, same: 1 });
            expect(expectOk(await site.stack.refresh()).ops).to.deep.equal({ ...none, same: 1 });
            await native.up(program([id, vector, renamed]));
            expect(await site.collections()).to.deep.equal([name]);
            expect(fake.collections()[0]!.rows).to.have.length(50);
            expectOk(await site.stack.destroy());
            expect(fake.collections()).to.deep.equal([]);
        },
    );

    full(
        "make Pulumi delete first where they have no random letters: refused while there are rows (MV306)",
        async (native) => {
            const { site } = native;
            await site.stack.setConfig("pulumi:autonaming", JSON.stringify({ mode: "verbatim" }));
            const program = (fields: object[]) =>
                `new milvus.Collection(prefix + "docs", ${args({}, fields)});`;
            await native.up(program([id, vector, text]));
            const [old] = await site.collections();
            expect(old).to.equal(`${site.prefix}docs`);
            await native.fill(old!, 10);
            await native.write(program([id, vector, renamed]));
            expectFailure(await site.stack.up(), "pulumi:autonaming is `verbatim`", "[MV306]");
            expect(await site.collections()).to.deep.equal([old]);
        },
    );
});
