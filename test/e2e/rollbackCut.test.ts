import { expect } from "chai";

import { expectOk } from "../support/data/site";
import { engines } from "../support/engine/engines";
import { type FaultySite, openFaultySite } from "../support/faults/site";
import type { Moment } from "../support/faults/moment";
import { onServers } from "../support/servers/onServers";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, fieldsData, type Version } from "../support/traffic/rows";
import type { Oracle } from "../support/traffic/writer";

const right = { lost: [], resurrected: [], stale: [] };
const count = 300;

const marksLive = ({ properties }: Record<string, unknown>) =>
    (properties as { key: string; value: string }[]).some(
        ({ key, value }) => key === "pulumi.state" && value === "live",
    );

onServers("a way back that is cut", { needs: ["aliases"] }, (server) => {
    let site: FaultySite | undefined;
    afterEach(() => site?.close());

    const moments: [string, Moment][] = [
        ["in the middle of the merge", { method: "Upsert", when: "after" }],
        [
            "when the kept collection is in charge",
            { method: "AlterCollection", of: marksLive, when: "after" },
        ],
        ["when the alias has moved", { method: "AlterAlias", when: "after" }],
    ];
    for (const [when, moment] of moments)
        it(`${when} is gone on with by the next run`, async function () {
            this.timeout(5 * 60_000);
            const { engine } = (await engines()).find(({ name }) => name === "test engine")!;
            const opened = (site = await openFaultySite(engine!, server()));
            const [name, alias] = [`${opened.prefix}docs`, `${opened.prefix}live`];
            const program = (maxLength: number, migration = {}) => ({
                collections: {
                    [name]: { ...collectionOf(maxLength), migration: { grace: 0, ...migration } },
                },
                aliases: { live: { name: alias, of: name } },
            });
            const oracle: Oracle = new Map();
            const write = async (from: number, to: number, version: number) => {
                const rows = Array.from({ length: to - from }, (_, at): Version => ({
                    key: BigInt(from + at),
                    version,
                }));
                const request = { fields_data: fieldsData(rows), num_rows: rows.length };
                await opened.client.call("Upsert", { collection_name: alias, ...request });
                for (const row of rows) oracle.set(row.key, row.version);
            };
            await opened.deploy(program(64));
            const [old] = await opened.collections();
            await write(0, count, 1);
            await opened.deploy(program(128, { keepPrevious: true }));
            const successor = await opened.aliasTarget(alias);
            await write(100, 200, 2);

            await opened.declare(program(64, { rollback: "previous" }));
            const order = opened.order(moment, { kind: "kill-provider" });
            const up = await opened.stack.up();
            await order.done;
            await opened.mend();
            expect(up.ok, up.output).to.equal(false);
            expect(await opened.collections()).to.have.members([old, successor]);
            await write(250, count + 50, 3);

            expectOk(await opened.stack.up());
            expect(await opened.collections()).to.deep.equal([old]);
            expect(await opened.aliasTarget(alias)).to.equal(old);
            expect(await compareWithOracle(opened.client, alias, oracle)).to.deep.equal(right);
            const again = expectOk(await opened.stack.up());
            expect(again.ops.same, again.output).to.equal(2);
        });
});
