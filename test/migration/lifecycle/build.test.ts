import { expect } from "chai";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { capabilities } from "../../../provider/observe/capabilities";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../../provider/observe/state";
import { build } from "../../../provider/migration/lifecycle/build";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { failure } from "../../fake/failure";
import { create, insert, open, ref, smallest } from "../../fake/open";

const owner = "shop/prod/docs";
const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest }));

/** A server with collections that exist before the first `create`, each with its ownership marker. */
async function fixture(there: Record<string, Partial<OwnershipMarker>>) {
    const { fake, client } = await open("2.6.18", { pending: 0 });
    for (const [name, marker] of Object.entries(there)) {
        await create(client, name);
        const abandoned: OwnershipMarker = {
            owner,
            generation: name.slice(-7),
            from: undefined,
            state: "building",
        };
        await setProperties(client, ref(name), markerProperties({ ...abandoned, ...marker }));
    }
    const messages: string[] = [];
    const run = async (name: string) =>
        build({
            client,
            capabilities: await capabilities(client),
            ref: ref(name),
            spec,
            marker: { owner, generation: "ba4d643", from: undefined },
            report: { say: (line) => void messages.push(line), progress: () => undefined },
        });
    return { client, run, messages, names: () => fake.collections().map(({ name }) => name) };
}

const write = (client: Parameters<typeof insert>[0], name: string) =>
    insert(client, name, { fields: smallest }, { id: ["1"] });

describe("a first create", () => {
    it("replaces its own unfinished collection", async () => {
        const { run, names } = await fixture({ docs: { generation: "3fa9c1d" } });
        await run("docs");
        expect(names()).to.deep.equal(["docs"]);
    });

    it("drops its collection after a failure, unless a client has written to it", async () => {
        for (const writes of [false, true]) {
            const { client, run, messages, names } = await fixture({});
            const call = client.call.bind(client);
            client.call = async (method, ...rest) => {
                if (method !== "LoadCollection") return call(method, ...rest);
                if (writes) await write(client, "docs");
                throw new Error("no memory is left");
            };
            expect((await failure(run("docs"))).message).to.equal("no memory is left");
            expect(names()).to.deep.equal(writes ? ["docs"] : []);
            if (writes)
                expect(messages).to.include("docs already holds rows, so the unfinished collection is kept");
        }
    });

    it("refuses a name whose unfinished collection is in use", async () => {
        for (const use of ["rows", "an alias"]) {
            const { client, run, names } = await fixture({ docs: { generation: "3fa9c1d" } });
            if (use === "rows") await write(client, "docs");
            else await createAlias(client, { database: undefined, alias: "live" }, "docs");
            const error = await failure(run("docs"));
            expect(error, use).to.have.property("code", "MV301");
            expect(error.message, use).to.include("is in use, though the run").and.include("adopt: true");
            expect(names(), use).to.deep.equal(["docs"]);
        }
    });
});
