import { expect } from "chai";

import { listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { isMilvusError } from "../../provider/milvus/transport/errors";
import { encodeMessage } from "../../provider/milvus/transport/protocol";
import { Connection } from "../../provider/inputs/schema/connection";
import { toFieldData } from "../support/data/fieldData";
import type { FieldArguments } from "../support/data/field";
import { type FakeMilvus, startFake } from "../support/fake";
import type { Order, Outcome } from "../support/faults/moment";
import { openRelay, type Relay } from "../support/faults/relay";
import { openWire, type Wire } from "../support/faults/wire";

describe("the call relay", () => {
    let fake: FakeMilvus;
    let relay: Relay;
    let wire: Wire;
    let client: MilvusClient;

    beforeEach(async () => {
        fake = await startFake({ version: "2.5.16" });
        relay = await openRelay(fake.address);
        wire = await openWire(relay.address);
        client = await MilvusClient.connect(Connection.parse({ address: wire.address, timeout: 10 }));
    });
    afterEach(async () => {
        client.close();
        await wire.close();
        relay.close();
        fake.stop();
    });

    const id: FieldArguments = { name: "id", dataType: "Int64", isPrimaryKey: true };
    const vector: FieldArguments = { name: "v", dataType: "FloatVector", dim: 2 };
    const create = (name: string) =>
        client.call("CreateCollection", {
            collection_name: name,
            schema: encodeMessage("milvus.proto.schema.CollectionSchema", {
                name,
                fields: [
                    { name: "id", data_type: "Int64", is_primary_key: true },
                    { name: "v", data_type: "FloatVector", type_params: [{ key: "dim", value: "2" }] },
                ],
            }),
        });
    const there = () => fake.collections().map(({ name }) => name);
    const kindOf = (error: unknown) => (isMilvusError(error) ? error.kind : String(error));
    const refuse: Outcome = { kind: "refuse", reason: "ordered by the test" };

    it("forwards calls to the server and errors back, and records their names", async () => {
        await create("docs");
        expect(await listCollections(client, undefined)).to.deep.equal(["docs"]);
        const missing = await client
            .call("DescribeCollection", { collection_name: "pages" })
            .catch((error: unknown) => kindOf(error));
        expect(missing).to.equal("not-found");
        const unknown = await client
            .call("AlterCollectionSchema", {})
            .catch((error: unknown) => kindOf(error));
        expect(unknown).to.equal("unsupported");
        expect(relay.calls).to.deep.equal([
            "Connect",
            "CreateCollection",
            "ShowCollections",
            "DescribeCollection",
            "AlterCollectionSchema",
        ]);
    });

    it("counts the rows sent to the server, including those of a lost answer", async () => {
        await create("docs");
        const insert = () =>
            client.call("Insert", {
                collection_name: "docs",
                num_rows: 3,
                fields_data: [
                    toFieldData(id, ["1", "2", "3"]),
                    toFieldData(vector, [
                        [1, 0],
                        [0, 1],
                        [1, 1],
                    ] as never),
                ],
            });
        await insert();
        relay.at({ method: "Insert", when: "before" }, () => Promise.resolve(refuse));
        await insert().catch(() => undefined);
        relay.at({ method: "Insert", when: "after" }, () => Promise.resolve(refuse));
        await insert().catch(() => undefined);
        expect(relay.insertions).to.deep.equal([
            { collection: "docs", partition: "", rows: 3 },
            { collection: "docs", partition: "", rows: 3 },
        ]);
    });

    it("acts on the chosen call only, before the server receives it", async () => {
        const order = relay.at(
            {
                method: "CreateCollection",
                of: ({ collection_name: name }) => name !== "pages",
                nth: 2,
                when: "before",
            },
            () => Promise.resolve(refuse),
        );
        await create("pages");
        await create("one");
        expect(order.reached).to.equal(false);
        const results = await create("two").catch((error: unknown) => (error as Error).message);
        expect(results).to.include("ordered by the test");
        await order.done;
        await create("three");
        expect(there()).to.deep.equal(["pages", "one", "three"]);
    });

    it("acts after the server has carried out the call, and reports a failure", async () => {
        relay.at({ method: "CreateCollection", when: "after" }, () => Promise.resolve(refuse));
        const results = await create("docs").catch((error: unknown) => kindOf(error));
        expect(results).to.equal("rejected");
        expect(there()).to.deep.equal(["docs"]);
    });

    it("loses the answer with the connection, and forwards the next call", async () => {
        relay.at({ method: "CreateCollection", when: "after" }, () => {
            wire.cut();
            return Promise.resolve({ kind: "lose" });
        });
        const results = await create("docs").catch((error: unknown) => kindOf(error));
        expect(results).to.equal("lost");
        expect(await listCollections(client, undefined)).to.deep.equal(["docs"]);
    });

    it("delivers a held call late, although no client waits for it any more", async () => {
        let release: () => void = () => undefined;
        let order: Order | undefined;
        const held = new Promise<void>((isHeld) => {
            order = relay.at({ method: "CreateCollection", when: "before" }, async () => {
                isHeld();
                await new Promise<void>((released) => (release = released));
                return { kind: "go-on" };
            });
        });
        const asked = create("docs").catch((error: unknown) => kindOf(error));
        await held;
        wire.cut();
        expect(await asked).to.equal("lost");
        expect(there()).to.deep.equal([]);
        release();
        await order!.done;
        await relay.idle();
        expect(there()).to.deep.equal(["docs"]);
    });

    it("reports a fault that could not be caused", async () => {
        const order = relay.at({ method: "ShowCollections", when: "before" }, () =>
            Promise.reject(new Error("no process to kill")),
        );
        const asked = listCollections(client, undefined).catch(() => undefined);
        const results = await order.done.catch((error: unknown) => (error as Error).message);
        expect(results).to.equal("no process to kill");
        wire.cut();
        await asked;
    });
});
