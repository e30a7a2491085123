import { setTimeout as delay } from "node:timers/promises";

import { expect } from "chai";

import { property } from "../../../provider/observe/properties";
import type { Result } from "../../../scripts/engine/stack";
import { expectFailure } from "../../support/data/site";
import { args, id, type NativeSite, none, text, vector, renamed } from "./nativeSite";
import { onNative } from "./onNative";

const rows = 1_000;

onNative("a migration that is ended from outside", ({ full }) => {
    /** @param rate rows per second of the copy */
    const program = (
        prefix: string,
        fields: object[],
        { rate = 10_000, options = "{}", isNamed = false } = {},
    ) => {
        const migration = { grace: 0, maxRowsPerSecond: rate, batchBytes: 1024 };
        return `const docs = new milvus.Collection(prefix + "docs", ${args({ ...(isNamed && { name: `${prefix}named` }), migration }, fields)}, ${options});
            new milvus.Alias("live", { name: prefix + "live", collection: docs.collectionName });`;
    };

    async function deployed(native: NativeSite, isNamed: boolean) {
        await native.up(program(native.site.prefix, [id, vector, text], { isNamed }));
        const [old] = await native.site.collections();
        await native.fill(old!, rows);
        return old!;
    }

    const copyOf = ({ fake }: NativeSite, old: string) => fake.collections().find(({ name }) => name !== old);
    async function untilCopied(native: NativeSite, old: string, running: Promise<Result>) {
        let hasEnded = false;
        void running.finally(() => (hasEnded = true));
        while (!copyOf(native, old)?.rows.length && !hasEnded) await delay(20);
    }

    /** The copy is released, the old collection serves, and another `up` sends the rest alone. */
    async function expectResumed(native: NativeSite, old: string, next: string) {
        const { fake, site } = native;
        const copy = copyOf(native, old)!;
        expect(copy.properties.get(property.lease), "the lease").to.equal("");
        expect(copy.properties.get(property.state)).to.equal("building");
        expect(copy.rows.length).to.be.greaterThan(0).and.lessThan(rows);
        const up = await native.up(next);
        expect(up.output).to.match(/resum/);
        const left = fake.collections();
        expect(left).to.have.length(1);
        expect(left[0]!.rows).to.have.length(rows);
        expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(left[0]!.name);
        expect((await native.up(next)).ops).to.deep.equal({ ...none, same: 2 });
    }

    for (const [what, isNamed] of [
        ["by alias", false],
        ["by name", true],
    ] as const) {
        full(`ends in the time of customTimeouts and is resumed, ${what} (MV354)`, async (native) => {
            const old = await deployed(native, isNamed);
            const slow = { rate: 20, options: `{ customTimeouts: { create: "10s" } }`, isNamed };
            await native.write(program(native.site.prefix, [id, vector, renamed], slow));
            const failed = await native.site.stack.up();
            expectFailure(failed, "not done within 10 s, as customTimeouts asks", "[MV354]");
            expect(failed.output).to.include("is kept; the next `pulumi up` resumes the copy");
            await expectResumed(native, old, program(native.site.prefix, [id, vector, renamed], { isNamed }));
        });

        full(`ends on Ctrl-C and is resumed, ${what} (MV355)`, async (native) => {
            const old = await deployed(native, isNamed);
            await native.write(program(native.site.prefix, [id, vector, renamed], { rate: 20, isNamed }));
            const running = native.site.stack.up();
            await untilCopied(native, old, running);
            await native.site.stack.cancel();
            const failed = await running;
            expectFailure(failed, "cancelled. What can be resumed is kept", "[MV355]");
            await expectResumed(native, old, program(native.site.prefix, [id, vector, renamed], { isNamed }));
        });
    }
});
