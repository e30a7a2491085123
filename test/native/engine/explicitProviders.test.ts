import { expect } from "chai";

import { startFake } from "../../support/fake";
import { expectFailure, expectOk } from "../../support/data/site";
import { args, id, none, text, vector, renamed } from "./nativeSite";
import { onNative } from "./onNative";

onNative("explicit providers", ({ fast, full }) => {
    const provider = (name: string, address: string, more = "") =>
        `const ${name} = new milvus.Provider("${name}", { address: "${address}"${more} });`;

    full("reach two clusters from one program", async (native) => {
        const other = await startFake({ version: "2.6.18" });
        try {
            const { fake, site } = native;
            const program = `${provider("east", fake.address)}${provider("west", other.address)}
                new milvus.Collection(prefix + "docs", ${args()}, { provider: east });
                new milvus.Collection(prefix + "pages", ${args()}, { provider: west });`;
            expect((await native.up(program)).ops).to.deep.equal({ ...none, create: 2 });
            const names = (of: typeof fake) =>
                of.collections().map(({ name }) => name.replace(/_[^_]*$/, ""));
            expect(names(fake)).to.deep.equal([`${site.prefix}docs`]);
            expect(names(other)).to.deep.equal([`${site.prefix}pages`]);
            expect((await native.up(program)).ops).to.deep.equal({ ...none, same: 2 });
            expectOk(await site.stack.refresh());
            // The providers are in the state, so that they need no program.
            expect(expectOk(await site.stack.destroy()).ops).to.deep.equal({ ...none, delete: 2 });
            expect([...fake.collections(), ...other.collections()]).to.deep.equal([]);
        } finally {
            other.stop();
        }
    });

    fast(
        "migrate a collection of one and move the alias of another in one `up`, which tells of no interrupted run",
        async (native) => {
            const { fake, site } = native;
            const program = (fields: object[]) => `
            ${provider("writer", fake.address)}${provider("reader", fake.address)}
            const docs = new milvus.Collection(prefix + "docs", ${args({}, fields)}, { provider: writer });
            new milvus.Alias("live", { name: prefix + "live", collection: docs.collectionName }, { provider: reader });`;
            await native.up(program([id, vector, text]));
            const [old] = await site.collections();
            await native.fill(old!, 100);
            const up = await native.up(program([id, vector, renamed]));
            expect(up.ops).to.deep.equal({ ...none, replace: 1, update: 1 });
            expect(up.output).to.not.match(/interrupted|warning|comparing/);
            const [made, ...others] = await site.collections();
            expect(others).to.deep.equal([]);
            expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(made);
            expect(fake.collections()[0]!.rows).to.have.length(100);
        },
    );

    full("replace nothing where their arguments change, and keep their token as a secret", async (native) => {
        const { fake, site } = native;
        const program = (timeout: number) => `
            ${provider("own", fake.address, `, token: "root:hidden", timeout: ${timeout}`)}
            new milvus.Collection(prefix + "docs", ${args()}, { provider: own });`;
        await native.up(program(10));
        expect((await native.up(program(20))).ops).to.deep.equal({ ...none, same: 1 });
        const state = JSON.stringify(await site.state());
        expect(state).to.not.include("hidden");
        expect(state).to.include('"timeout":"20"');
    });

    full(
        "take over a resource of another provider of the same server, without a replacement",
        async (native) => {
            const { fake } = native;
            const program = (options: string) => `${provider("own", fake.address)}
            new milvus.Collection(prefix + "docs", ${args()}, ${options});`;
            await native.up(program("{}"));
            expect((await native.up(program("{ provider: own }"))).ops).to.deep.equal({ ...none, same: 1 });
        },
    );

    full("name the argument that is wrong, and create nothing", async (native) => {
        const { fake, site } = native;
        await native.write(`${provider("own", fake.address, `, tokn: "x", timeout: 0, token: "a", username: "b"`)}
            new milvus.Collection(prefix + "docs", ${args()}, { provider: own });`);
        const failed = await site.stack.up();
        expectFailure(
            failed,
            'property tokn value "x" has a problem: pulumi-milvus has no such setting. Did you mean token? [MV316]',
            "property timeout value",
            "[MV316]",
        );
        expect(fake.collections()).to.deep.equal([]);
    });
});

onNative("the stack's configuration", ({ full }) => {
    full("is checked before any resource, by the name of the setting", async ({ site, write }) => {
        await site.stack.setConfig("milvus:adress", "localhost:1");
        await write(`new milvus.Collection("docs", ${args()});`);
        expectFailure(
            await site.stack.preview(),
            "provider milvus has a problem: milvus:adress: pulumi-milvus has no such setting. Did you mean milvus:address? [MV316]",
        );
    });
});
