import { setTimeout as delay } from "node:timers/promises";

import { expect } from "chai";

import { property } from "../../../provider/observe/properties";
import { expectFailure, expectOk } from "../../support/data/site";
import { args, id, none, openNative, type NativeSite, text, vector, wider } from "./nativeSite";

const rows = 1_000;

describe("a migration that is ended from outside", () => {
    let native: NativeSite;
    beforeEach(async () => void (native = await openNative()));
    afterEach(() => native.close());

    /** @param rate rows per second of the copy */
    const program = (fields: object[], { rate = 10_000, options = "{}", name = {} } = {}) => {
        const migration = { grace: 0, maxRowsPerSecond: rate, batchBytes: 1024 };
        return `const docs = new milvus.Collection(prefix + "docs", ${args({ ...name, migration }, fields)}, ${options});
            new milvus.Alias("live", { name: prefix + "live", collection: docs.collectionName });`;
    };

    async function deployed(name: object = {}) {
        await native.up(program([id, vector, text], { name }));
        const [old] = await native.site.collections();
        await native.fill(old!, rows);
        return old!;
    }

    const copyOf = (old: string) => native.fake.collections().find(({ name }) => name !== old);
    async function untilCopied(old: string) {
        while (!copyOf(old)?.rows.length) await delay(20);
    }

    /** The copy is released, the old collection serves, and another `up` sends the rest alone. */
    async function expectResumed(old: string, next: string) {
        const { fake, site } = native;
        const copy = copyOf(old)!;
        expect(copy.properties.get(property.lease), "the lease").to.equal("");
        expect(copy.properties.get(property.state)).to.equal("building");
        expect(copy.rows.length).to.be.greaterThan(0).and.lessThan(rows);
        const sent = copy.rows.length;
        const before = fake.calls.filter((call) => call === "Insert").length;
        const up = await native.up(next);
        expect(up.output).to.match(/resum/);
        const inserts = fake.calls.filter((call) => call === "Insert").length - before;
        expect(inserts, `inserts of ${rows - sent} rows`).to.be.lessThan(before);
        const left = fake.collections();
        expect(left).to.have.length(1);
        expect(left[0]!.rows).to.have.length(rows);
        expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(left[0]!.name);
        expect((await native.up(next)).ops).to.deep.equal({ ...none, same: 2 });
    }

    for (const [what, name] of [
        ["by alias", {}],
        ["by name", { name: "t_named" }],
    ] as const) {
        it(`ends in the time of customTimeouts and is resumed, ${what} (MV354)`, async () => {
            const old = await deployed(name);
            const slow = { rate: 100, options: `{ customTimeouts: { create: "2s" } }`, name };
            await native.write(program([id, vector, wider], slow));
            const failed = await native.site.stack.up();
            expectFailure(failed, "not done within 2 s, as customTimeouts asks", "[MV354]");
            expect(failed.output).to.include("is kept; the next `pulumi up` resumes the copy");
            await expectResumed(old, program([id, vector, wider], { name }));
        });

        it(`ends on Ctrl-C and is resumed, ${what} (MV355)`, async () => {
            const old = await deployed(name);
            await native.write(program([id, vector, wider], { rate: 100, name }));
            const running = native.site.stack.up();
            await untilCopied(old);
            await native.site.stack.cancel();
            const failed = await running;
            expectFailure(failed, "cancelled. What was copied is kept", "[MV355]");
            await expectResumed(old, program([id, vector, wider], { name }));
        });
    }

    it("lets a deletion end in its time, and the next one goes on", async () => {
        const { fake, site } = native;
        await native.up(
            `new milvus.Collection(prefix + "docs", ${args()}, { customTimeouts: { delete: "30s" } });`,
        );
        expectOk(await site.stack.destroy());
        expect(fake.collections()).to.deep.equal([]);
    });
});
