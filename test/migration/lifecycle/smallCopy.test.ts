import { expect } from "chai";

import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { loadEarly, storeAndIndex } from "../../../provider/migration/lifecycle/smallCopy";
import { capabilities } from "../../../provider/observe/capabilities";
import type { Endpoint } from "../../../provider/migration/read/endpoint";
import { create, insert, open, ref, serve, smallest } from "../../fake/open";
import { observedRun } from "../../support/telemetry/observedRun";

const spec = normalizeCollection(
    CollectionInputs.parse({
        fields: smallest,
        indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }],
    }),
);
const silent = { say: () => undefined, progress: () => undefined };

/** A loaded collection with `rows` rows, and an empty one that is to become its copy. */
async function stage(rows: number) {
    const { fake, client } = await open("2.6.18", { pending: 0 });
    const endpoint: Omit<Endpoint, "ref"> = { client, capabilities: await capabilities(client) };
    await create(client, "docs");
    await serve(client, "docs");
    if (rows > 0)
        await insert(
            client,
            "docs",
            { fields: smallest },
            { id: Array.from({ length: rows }, (_, row) => String(row)) },
        );
    await create(client, "docs_new");
    fake.calls.length = 0;
    return {
        source: { ...endpoint, ref: ref("docs") },
        shadow: { ...endpoint, ref: ref("docs_new") },
        calls: () => fake.calls.filter((call) => /Index$|^Load|Flush/.test(call)),
    };
}

describe("the load of an empty copy", () => {
    for (const rows of [0, 1_023])
        it(`is requested if the copy will have ${rows} rows`, async () => {
            const { source, shadow, calls } = await stage(rows);
            await loadEarly(source, shadow, spec);
            expect(calls()).to.deep.equal(["DescribeIndex", "CreateIndex", "LoadCollection"]);
        });

    it("is not requested if the server will build an index of the copy", async () => {
        const { source, shadow, calls } = await stage(1_024);
        await loadEarly(source, shadow, spec);
        expect(calls()).to.deep.equal([]);
    });

    it("is not requested of milvus-lite, nor for a program that does not load the collection", async () => {
        const { source, shadow, calls } = await stage(1);
        const lite = { ...shadow, capabilities: { ...shadow.capabilities, lite: true } };
        await loadEarly(source, lite, spec);
        await loadEarly(source, shadow, { ...spec, load: undefined });
        expect(calls()).to.deep.equal([]);
    });
});

describe("the indexes of a copy", () => {
    it("are built before its rows are stored if it is small, and the caller waits for that", async () => {
        const { shadow, calls } = await stage(0);
        const untilStored = await storeAndIndex(shadow, spec, 1_023, silent);
        expect(calls()).to.deep.equal(["Flush", "DescribeIndex", "CreateIndex", "DescribeIndex"]);
        await untilStored();
        expect(calls().at(-1)).to.equal("GetFlushState");
    });

    it("are built of the stored rows if it is larger", async () => {
        const { shadow, calls } = await stage(0);
        const untilStored = await storeAndIndex(shadow, spec, 1_024, silent);
        await untilStored();
        expect(calls()).to.deep.equal([
            "Flush",
            "GetFlushState",
            "DescribeIndex",
            "CreateIndex",
            "DescribeIndex",
        ]);
    });
});

describe("a migration of few rows", () => {
    it("loads the copy while it is filled, and waits for its rows to be stored before clients may use it", async () => {
        const { fake } = await open("2.6.18");
        const run = await observedRun(fake.address, {});
        try {
            fake.calls.length = 0;
            await run.copy();
            const steps = ["CreateCollection", "LoadCollection", "Insert", "Flush", "GetFlushState"];
            const places = steps.map((method) => fake.calls.indexOf(method));
            expect(places).to.deep.equal([...places].sort((a, b) => a - b));
            expect(fake.calls.lastIndexOf("Query")).to.be.within(places.at(-2)!, places.at(-1)!);
            expect(fake.calls.lastIndexOf("AlterCollection")).to.be.above(
                fake.calls.lastIndexOf("GetFlushState"),
            );
        } finally {
            await run.close();
        }
    });
});
