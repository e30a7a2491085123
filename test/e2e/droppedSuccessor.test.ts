import { expect } from "chai";

import type { CollectionArgs } from "../../sdk/args";
import { onFaultyStacks } from "../support/data/onStacks";
import { expectFailure, expectOk } from "../support/data/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest } from "../support/traffic/rows";

const right = { lost: [], resurrected: [], stale: [] };
const rows = Array.from({ length: 300 }, (_, at) => ({ key: BigInt(at), version: 1 }));
const oracle = new Map(rows.map(({ key, version }) => [key, version]));

onFaultyStacks(
    "a successor that is dropped before the old collection is",
    { needs: ["rename"], fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        /** A named collection whose rows have moved to another schema; the drop of the old one was interrupted, the new one is gone. */
        async function dropped(keepsName: boolean) {
            const opened = await open();
            const { stack, client } = opened;
            const name = `${opened.prefix}docs`;
            const declare = (maxLength: number, more: Partial<CollectionArgs>) =>
                opened.declare({ collections: { [name]: { ...collectionOf(maxLength), ...more } } });
            await declare(64, { name });
            expectOk(await stack.up());
            await client.call("Insert", rowsRequest(name, rows));
            await declare(128, keepsName ? { name } : {});
            const order = opened.order(
                { method: "DropCollection", when: "before" },
                { kind: "kill-provider" },
            );
            await stack.up();
            await order.done;
            await opened.mend();
            const { [name]: made } = await stack.outputs();
            await client.call("DropCollection", { collection_name: made });
            expectOk(await stack.refresh());
            const compare = (collection: string) => compareWithOracle(client, collection, oracle);
            return { site: opened, name, declare, compare };
        }

        it("keeps the old collection if the new one is created again without rows", async function () {
            this.timeout(5 * 60_000);
            const { site, name, compare } = await dropped(false);
            expectFailure(await site.stack.up(), `${name}: not dropped`, "is gone", "[MV342]");
            expect(await site.collections()).to.include(name);
            expect(await compare(name)).to.deep.equal(right);
        });

        it("gives its name back to the old one, which the program may adopt", async function () {
            this.timeout(5 * 60_000);
            const { site, name, declare, compare } = await dropped(true);
            expectFailure(await site.stack.up(), "adopt: true", "[MV301]");
            await declare(64, { name, adopt: true });
            expectOk(await site.stack.up());
            expect(await site.collections()).to.deep.equal([name]);
            expect(await compare(name)).to.deep.equal(right);
        });
    },
);
