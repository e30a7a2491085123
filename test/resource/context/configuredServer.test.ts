import { expect } from "chai";

import { providerOf } from "../../../provider/pulumi";
import { Connection } from "../../../provider/inputs/schema/connection";
import { Session } from "../../../provider/resource/session/session";
import type { Props } from "../../../provider/resource/session/props";
import { open, smallest } from "../../fake/open";
import { contextOf } from "./contextOf";

const hidden = { __owner: "shop/prod/docs", __logicalName: "docs" };
const program = { ...hidden, fields: smallest };

/** One call of a run of its own: with the configuration of that time. */
function at(
    address: string,
    { strict = false, database = undefined as string | undefined, provider = "" } = {},
) {
    const said: string[] = [];
    const context = {
        ...contextOf(address, said, new Session("a run")),
        ...(provider !== "" && { provider }),
        connection: () => Connection.parse({ address, database }),
        policy: () =>
            ({ destructive: "warn", planFormat: "text", preview: strict ? "strict" : "warn" }) as const,
    };
    return { said, collection: providerOf("Collection", context), alias: providerOf("Alias", context) };
}

/** A collection that was deployed to the first of two servers. */
async function deployed() {
    const [here, there] = [await open("2.6.18", { pending: 0 }), await open("2.6.18", { pending: 0 })];
    const { inputs } = (await at(here.fake.address).collection.check({}, program)) as { inputs: Props };
    const { id, outs } = (await at(here.fake.address).collection.create(inputs)) as {
        id: string;
        outs: Props;
    };
    return { id, outs, inputs, here: here.fake, there: there.fake };
}

async function failure(call: Promise<unknown>): Promise<string> {
    return call.then(
        () => "it went well",
        (error: unknown) => (error as Error).message,
    );
}

describe("a deployed collection whose configured server has changed", () => {
    it("records the server without a credential, and shows no change while it stays", async () => {
        const { id, outs, inputs, here } = await deployed();
        expect(outs.__server).to.deep.equal({ address: here.address, database: "default" });
        const same = at(`http://${here.address.toUpperCase()}`);
        expect(await same.collection.diff(id, outs, inputs)).to.deep.include({ changes: false });
        expect(same.said).to.deep.equal([]);
    });

    it("is said to be changed where the server has another address, and recorded by up", async () => {
        const { id, outs, inputs, here } = await deployed();
        const moved = at(here.address.replace("127.0.0.1", "localhost"));
        expect(await moved.collection.diff(id, outs, inputs)).to.deep.include({
            changes: true,
            replaces: [],
        });
        expect(moved.said).to.have.length(1);
        expect(moved.said[0]).to.match(/^warning: docs: .*localhost:\d+ now, and pointed to 127.*\[MV362\]$/);
        const { outs: after } = (await moved.collection.update(id, outs, inputs)) as { outs: Props };
        expect(await moved.collection.diff(id, after, inputs)).to.deep.include({ changes: false });
    });

    it("is neither made again, nor forgotten, nor dropped where another server does not have it", async () => {
        const { id, outs, inputs, here, there } = await deployed();
        const calls = () => at(there.address);
        const preview = calls();
        expect(await preview.collection.diff(id, outs, inputs)).to.deep.include({ changes: true });
        expect(preview.said.join("\n")).to.include("[MV362]").and.to.include("[MV361]");
        const strict = at(there.address, { strict: true });
        expect(await failure(strict.collection.diff(id, outs, inputs))).to.include("[MV361]");
        const next = { ...inputs, fields: [...smallest, { name: "n", dataType: "Int64" }] };
        expect(await failure(calls().collection.update(id, outs, inputs))).to.include("[MV361]");
        expect(await failure(calls().collection.read(id, outs))).to.include("[MV361]");
        expect(await failure(calls().collection.delete(id, outs))).to.include("[MV361]");
        const replacing = calls();
        await replacing.collection.diff(id, outs, next);
        expect(replacing.said.join("\n")).to.include("[MV361]");
        expect(await failure(replacing.collection.create({ ...next, __generation: "7777777" }))).to.include(
            "[MV361]",
        );
        expect(here.collections()).to.have.length(1);
        expect(there.collections()).to.have.length(0);
    });

    it("is told of by the name of its explicit provider, and how to set that back", async () => {
        const { id, outs, inputs, there } = await deployed();
        const moved = at(there.address, { provider: "europe" });
        await moved.collection.diff(id, outs, inputs);
        expect(moved.said[0]).to.match(/^warning: docs: the provider europe points to .*\[MV362\]$/);
        const refused = await failure(moved.collection.update(id, outs, inputs));
        expect(refused).to.include("where the provider europe points now").and.to.include("[MV361]");
        expect(refused).to.include("set address and database of europe back").and.not.include("milvus:");
    });

    it("is looked for in another database, unless the program names one", async () => {
        const { id, outs, inputs, here } = await deployed();
        const other = at(here.address, { database: "shop" });
        await other.collection.diff(id, outs, inputs);
        expect(other.said[0]).to.include("database shop now, and pointed to").and.to.include("[MV362]");
        const own = at(here.address, { database: "shop" });
        await own.collection.diff(id, { ...outs, database: "default" }, { ...inputs, database: "default" });
        expect(own.said.join("\n")).to.not.include("[MV362]");
    });

    it("is not compared in a state of an earlier release", async () => {
        const { id, outs, inputs, there } = await deployed();
        const { __server, ...before } = outs;
        expect(__server).to.not.equal(undefined);
        const run = at(there.address);
        expect(await run.collection.diff(id, before, inputs)).to.deep.include({ changes: false });
    });

    it("keeps its alias in the state", async () => {
        const { outs, here, there } = await deployed();
        const args = { __owner: "shop/prod/live", __logicalName: "live", name: "live" };
        const inputs = { ...args, collection: outs.collectionName };
        const live = await at(here.address).alias.create(inputs);
        const moved = at(there.address);
        expect(await moved.alias.diff(live.id, live.outs as Props, inputs)).to.deep.include({
            changes: true,
        });
        expect(moved.said[0]).to.include("[MV362]");
        expect(await failure(moved.alias.read(live.id, live.outs as Props))).to.include("[MV361]");
        expect(await failure(moved.alias.delete(live.id, live.outs as Props))).to.include("[MV361]");
    });
});

describe("a refresh or a destroy that does not reach the server of the last up", () => {
    it("says how to use the current configuration, with the code at the end", async () => {
        const { id, outs } = await deployed();
        const gone = at("127.0.0.1:1");
        for (const call of [gone.collection.read(id, outs), gone.collection.delete(id, outs)])
            expect(await failure(call)).to.match(/no Milvus answers.*--run-program \[MV201\]$/m);
    });

    it("does not say so of a resource with a connection of its own", async () => {
        const { id, outs } = await deployed();
        const own = { ...outs, connection: { address: "127.0.0.1:1" } };
        expect(await failure(at("127.0.0.1:1").collection.delete(id, own))).to.not.include("--run-program");
    });
});
