import { expect } from "chai";

import type { MilvusClient } from "../../provider/milvus/transport/client";
import type { Message } from "../../provider/milvus/transport/protocol";
import { flush } from "../../provider/milvus/rows/rows";
import type { FieldArguments } from "../support/data/field";
import type { Declared } from "../support/data/source";
import { onFaultyStacks } from "../support/data/onStacks";
import { expectFailure, expectOk } from "../support/data/site";
import type { FaultySite } from "../support/faults/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";

const count = 2_000;
const rows = (version: number) =>
    Array.from({ length: count }, (_, key): Version => ({ key: BigInt(key), version }));

async function send(client: MilvusClient, method: "Insert" | "Upsert", to: string, of: Version[]) {
    await client.call(method, rowsRequest(to, of), { seconds: 60 });
}

onFaultyStacks(
    "a copy that is altered by hand before it is compared",
    { fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        let site: FaultySite | undefined;

        /** One row altered, one removed, one added, when all rows are in the copy. */
        async function migrate(writes: "online" | "paused") {
            site = await open();
            const { client, prefix } = site;
            const name = `${prefix}docs`;
            const program = (maxLength: number) => ({
                collections: { [name]: { ...collectionOf(maxLength), migration: { writes } } },
            });
            await site.deploy(program(64));
            const [old] = (await site.collections()) as [string];
            await send(client, "Insert", old, rows(1));
            await flush(client, { database: undefined, name: old });
            await site.declare(program(128));
            const moment = {
                method: "CreateIndex",
                of: ({ collection_name: indexed }: Record<string, unknown>) => indexed !== old,
                when: "before" as const,
            };
            const order = site.relay.at(moment, async () => {
                const copy = (await site!.collections()).find((one) => one !== old)!;
                await send(client, "Upsert", copy, [{ key: 17n, version: 2 }]);
                await send(client, "Insert", copy, [{ key: 99_999n, version: 1 }]);
                await client.call("Delete", { collection_name: copy, expr: "id in [42]" });
                return { kind: "go-on" };
            });
            const up = await site.stack.up();
            expect(order.reached, up.output).to.equal(true);
            return { up, old, oracle: new Map(rows(1).map(({ key, version }) => [key, version])) };
        }

        it("is refused with regenerated keys, too: the error says how many rows have no counterpart", async function () {
            this.timeout(5 * 60_000);
            site = await open();
            const { client, prefix } = site;
            const name = `${prefix}docs`;
            const keyless = ({ fields_data, ...request }: Message): Message => ({
                ...request,
                fields_data: (fields_data as Message[]).filter(({ field_name: field }) => field !== "id"),
            });
            const program = (maxLength: number): Declared => {
                const { fields, ...rest } = collectionOf(maxLength);
                const made = (fields as FieldArguments[]).map((field) =>
                    field.name === "id" ? { ...field, autoId: true } : field,
                );
                const migration = { writes: "paused", primaryKeys: "regenerate" } as const;
                return { collections: { [name]: { ...rest, fields: made, migration } } };
            };
            await site.deploy(program(64));
            const [old] = (await site.collections()) as [string];
            await client.call("Insert", keyless(rowsRequest(old, rows(1))), { seconds: 60 });
            await flush(client, { database: undefined, name: old });
            await site.declare(program(128));
            const to = ({ collection_name: into }: Record<string, unknown>) => into !== old;
            site.relay.at({ method: "CreateIndex", of: to, when: "before" }, async () => {
                const copy = (await site!.collections()).find((one) => one !== old)!;
                await client.call("Insert", keyless(rowsRequest(copy, [{ key: 17n, version: 2 }])));
                return { kind: "go-on" };
            });
            expectFailure(await site.stack.up(), /without their keys: 1 extra \(\d+\)\./, "[MV308]");
            expect(await site.collections()).to.deep.equal([old]);
        });

        const none = { lost: [], resurrected: [], stale: [] };

        it("is never put in service with paused writers: the error names the rows, and the next run copies again", async function () {
            this.timeout(5 * 60_000);
            const { up, old, oracle } = await migrate("paused");
            expectFailure(up, "1 missing (42)", "1 extra (99999)", "1 different (17)", "[MV308]");
            expect(await site!.collections()).to.deep.equal([old]);
            expect(await compareWithOracle(site!.client, old, oracle)).to.deep.equal(none);

            const again = expectOk(await site!.stack.up());
            const [copy] = (await site!.collections()) as [string];
            expect(again.output).to.include(`verified ${copy}: 2,000 rows compared value by value`);
            expect(await compareWithOracle(site!.client, copy, oracle)).to.deep.equal(none);
        });

        it("is corrected before the cutover if writes are carried over", async function () {
            this.timeout(5 * 60_000);
            const { up, old, oracle } = await migrate("online");
            const [copy, ...others] = (await site!.collections()) as [string];
            expect(expectOk(up).output)
                .to.include(
                    `2 rows written to ${old} and 1 deleted from it during the migration were carried over`,
                )
                .and.include(`verified ${copy}: 2,000 rows compared value by value`);
            expect(others).to.deep.equal([]);
            expect(await compareWithOracle(site!.client, copy, oracle)).to.deep.equal(none);
        });
    },
);
