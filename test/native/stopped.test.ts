import { setTimeout as delay } from "node:timers/promises";

import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { property } from "../../provider/observe/properties";
import { insertRows, int64Keys } from "../support/data/rows";
import { failure } from "../fake/failure";
import { open } from "../fake/open";
import { Plugin, urnOf } from "./plugin";

const docs = urnOf("Collection", "docs");
const rows = 500;
const fields = [
    { name: "id", dataType: "Int64" as const, isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector" as const, dim: 2 },
    { name: "text", dataType: "VarChar" as const, maxLength: 64 },
];
const renamed = fields.map((field) =>
    field.name === "text" ? { ...field, name: "body", previousName: "text" } : field,
);
/** @param rate rows per second of the copy */
const program = (of: object[], rate = 100_000) => ({
    fields: of,
    migration: { grace: 0, maxRowsPerSecond: rate, batchBytes: 1024 },
});

describe("a copy whose call is cancelled", () => {
    it("is released at its next stop point, and resumed by the next run", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        const started = async (run: string) => {
            const plugin = await Plugin.start({}, 60_000, run);
            await plugin.configure({ address: fake.address });
            return plugin;
        };
        const first = await started("first run");
        const { inputs } = await first.check(docs, program(fields));
        const { id: old, outs } = await first.create(docs, inputs);
        await insertRows({ client, collection: old, fields, keys: int64Keys(rows) });

        const replace = async (plugin: Plugin, rate?: number) => {
            const seed = "next";
            const changed = await plugin.check(docs, program(renamed, rate), inputs, seed);
            await plugin.diff(docs, old, outs, changed.inputs);
            return plugin.create(docs, (await plugin.check(docs, program(renamed, rate), {}, seed)).inputs);
        };
        let hasEnded = false;
        const ending = failure(replace(first, 20)).finally(() => (hasEnded = true));
        const copy = () => fake.collections().find(({ name }) => name !== old);
        while (!copy()?.rows.length && !hasEnded) await delay(5);
        await first.call("cancel", new Empty());
        const error = await ending;
        expect(error.message)
            .to.include("docs: cancelled. What can be resumed is kept")
            .and.include("[MV355]");
        expect(copy()!.properties.get(property.lease), "the lease").to.equal("");
        expect(copy()!.rows.length).to.be.lessThan(rows);
        first.stop();

        const second = await started("second run");
        const { id } = await replace(second);
        expect(second.printed.join("\n")).to.match(/resum/);
        expect(copy()).to.include({ name: id });
        expect(copy()!.rows).to.have.length(rows);
        expect(copy()!.properties.get(property.state)).to.equal("live");
        second.stop();
    });
});
