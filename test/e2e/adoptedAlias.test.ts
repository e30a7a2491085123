import { expect } from "chai";

import { createAlias } from "../../provider/milvus/collection/aliases";
import { onFaultyStacks } from "../support/data/onStacks";
import { expectOk } from "../support/data/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";

onFaultyStacks(
    "an alias that a program takes over as it changes the schema",
    { needs: ["aliases"], fast: ["milvus-lite-3.2.2"] },
    (open) => {
        it("moves once every write made through it is in the new collection", async function () {
            this.timeout(5 * 60_000);
            const opened = await open();
            const [name, alias] = [`${opened.prefix}docs`, `${opened.prefix}live`];
            await opened.deploy({ collections: { [name]: collectionOf(64) } });
            const [old] = await opened.collections();
            await createAlias(opened.client, { database: undefined, alias }, old!);
            const oracle = new Map<bigint, number>();
            const write = async (...rows: Version[]) => {
                await opened.client.call("Upsert", rowsRequest(alias, rows));
                for (const { key, version } of rows) oracle.set(key, version);
            };
            await write(...Array.from({ length: 300 }, (_, at) => ({ key: BigInt(at), version: 1 })));

            await opened.declare({
                collections: { [name]: collectionOf(128) },
                aliases: { live: { name: alias, of: name, adopt: true } },
            });
            const killed = opened.order({ method: "AlterAlias", when: "before" }, { kind: "kill-provider" });
            expect((await opened.stack.up()).ok).to.equal(false);
            await killed.done;
            await opened.mend();
            // Clients know the old collection alone, for hours maybe.
            await write({ key: 7n, version: 2 }, { key: 1_000n, version: 1 });
            let atSwitch: unknown;
            opened.relay.at({ method: "AlterAlias", when: "before" }, async () => {
                const target = (await opened.collections()).find((one) => one !== old)!;
                atSwitch = await compareWithOracle(opened.client, target, oracle);
                return { kind: "go-on" };
            });
            expectOk(await opened.stack.up());
            expect(atSwitch).to.deep.equal({ lost: [], resurrected: [], stale: [] });
            const left = await opened.collections();
            expect(left).to.have.length(1).and.to.not.include(old);
            expect(await opened.aliasTarget(alias)).to.equal(left[0]);
        });
    },
);
