import { expect } from "chai";

import { createAlias } from "../../provider/milvus/collection/aliases";
import { setProperties } from "../../provider/milvus/collection/collections";
import { capabilities } from "../../provider/observe/capabilities";
import { observeGenerations } from "../../provider/observe/generations";
import { newLeaseHolder } from "../../provider/observe/lease";
import { markerProperties } from "../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../provider/observe/state";
import { checkpointProperty, firstCheckpoint } from "../../provider/migration/properties/checkpoint";
import { leaseProperty } from "../../provider/migration/properties/lease";
import { listRetained } from "../../provider/migration/properties/previous";
import { nameSuccessor } from "../../provider/migration/properties/successor";
import { fence, liftFence } from "../../provider/migration/lifecycle/writeFence";
import { create, open, ref, serve } from "../fake/open";

const holder = newLeaseHolder("this run");
const owner = "shop/prod/docs";

async function fixture() {
    const { client, fake } = await open("2.6.18", { pending: 0, limits: "all" });
    const make = async (
        name: string,
        marker?: Partial<OwnershipMarker>,
        more: Record<string, string> = {},
    ) => {
        await create(client, name);
        const all = { owner, generation: name.slice(-7), from: undefined, state: "live", ...marker } as const;
        await setProperties(client, ref(name), { ...(marker && markerProperties(all)), ...more });
    };
    const observe = (query: { prefixes?: string[]; names?: string[] }) =>
        observeGenerations(client, { database: undefined, prefixes: [], ...query }, holder);
    const names = async (query: { prefixes?: string[]; names?: string[] }) =>
        (await observe(query)).found.map((one) => one.ref.name);
    return { client, fake, make, observe, names };
}

describe("the generations of a resource", () => {
    it("are the marked collections under its prefixes, and those that are asked for by name", async () => {
        const { make, names, observe } = await fixture();
        await make("docs_1111111", {});
        await make("docs_2222222", { from: "1111111", state: "building" });
        await make("docs_bare");
        await make("pages_3333333", {});
        await make("other");
        expect(await names({ prefixes: ["docs"] })).to.deep.equal(["docs_1111111", "docs_2222222"]);
        expect(await names({ prefixes: ["docs", "pages"] })).to.include("pages_3333333");
        expect(await names({ names: ["other", "gone"] })).to.deep.equal(["other"]);
        const { names: all } = await observe({ prefixes: ["docs"] });
        expect([...all]).to.have.members([
            "docs_1111111",
            "docs_2222222",
            "docs_bare",
            "pages_3333333",
            "other",
        ]);
    });

    it("include what they name as successor and as retained, whatever its name", async () => {
        const { client, make, names, observe } = await fixture();
        await make("docs_1111111", {});
        await make("renamed", { generation: "2222222", from: "1111111" });
        await make("kept", { generation: "0000000", state: "previous" });
        await nameSuccessor(client, ref("docs_1111111"), {
            ...ref("renamed"),
            retain: { seconds: 60, most: 2 },
        });
        await listRetained(client, ref("docs_1111111"), [{ ...ref("kept"), generation: "0000000" }]);
        expect(await names({ prefixes: ["docs"] })).to.have.members(["docs_1111111", "renamed", "kept"]);
        const [docs] = (await observe({ prefixes: ["docs"] })).found;
        expect(docs).to.deep.include({
            successor: { ...ref("renamed"), retain: { seconds: 60, most: 2 } },
            retained: [{ ...ref("kept"), generation: "0000000" }],
        });
    });

    it("tell their aliases, their checkpoint and whether they block writes", async () => {
        const { client, fake, make, observe } = await fixture();
        await make(
            "docs_1111111",
            {},
            checkpointProperty({ ...firstCheckpoint("plan", [undefined]), rows: 7 }),
        );
        await serve(client, "docs_1111111");
        await createAlias(client, { database: undefined, alias: "live" }, "docs_1111111");
        const one = async () => (await observe({ prefixes: ["docs"] })).found[0]!;
        expect(await one()).to.deep.include({
            aliases: ["live"],
            checkpoint: { plan: "plan", rows: 7 },
            isFenced: false,
            lease: "none",
        });
        const endpoint = { client, capabilities: await capabilities(client), ref: ref("docs_1111111") };
        await fence(endpoint);
        expect((await one()).isFenced).to.equal(true);
        await liftFence(endpoint);
        expect((await one()).isFenced).to.equal(false);
        // Milvus before 2.5 cannot delete a property, and is told by its value.
        fake.collections()[0]!.properties.set("pulumi.fenced", "lifted");
        expect((await one()).isFenced).to.equal(false);
    });

    it("tell whether another run works on them", async () => {
        const { client, fake, make, observe } = await fixture();
        await make("docs_1111111", {});
        const leaseOf = async (text: string) => {
            fake.collections()[0]!.properties.set("pulumi.lease", text);
            return (await observe({ prefixes: ["docs"] })).found[0]!.lease;
        };
        const written = async (by: typeof holder) => (await leaseProperty(client, by))["pulumi.lease"]!;
        const elsewhere = { ...newLeaseHolder("another run"), machine: "elsewhere" };
        expect(await leaseOf("")).to.equal("none");
        expect(await leaseOf("{")).to.equal("none");
        expect(await leaseOf(await written(holder))).to.equal("free");
        expect(await leaseOf(await written(elsewhere))).to.equal("held");
        expect(await leaseOf(JSON.stringify({ ...elsewhere, until: 1 }))).to.equal("free");
    });

    it("do not fail where a property was written by another hand", async () => {
        const { make, observe } = await fixture();
        const text = "{";
        const more = { "pulumi.successor": text, "pulumi.previous": text, "pulumi.checkpoint": text };
        await make("docs_1111111", {}, more);
        const [docs] = (await observe({ prefixes: ["docs"] })).found;
        expect(docs).to.deep.include({ successor: undefined, retained: [], checkpoint: undefined });
    });
});
