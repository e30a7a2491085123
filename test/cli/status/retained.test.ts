import { expect } from "chai";

import { setOnward, readOnward } from "../../../provider/migration/properties/onward";
import { listRetained } from "../../../provider/migration/properties/previous";
import { leaseProperty } from "../../../provider/migration/properties/lease";
import { describeCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { newLeaseHolder } from "../../../provider/observe/lease";
import { ref } from "../../fake/open";
import { markedSite, owner } from "../../support/cli/marked";

const past = { "pulumi.keptUntil": "1000" };
const lineage = (fields: [string, string][]) => ({
    fields,
    movedToDynamicField: [],
    fromDynamicField: [],
    regeneratesKeys: false,
});

/** Three behind the serving collection: the time of the one in the middle is over. */
async function window() {
    const site = await markedSite();
    const { client, make } = site;
    const later = { "pulumi.keptUntil": String(Date.now() + 7_200_000) };
    await make("docs_1111111", { marker: { state: "previous" } });
    await make("docs_2222222", { marker: { state: "previous", from: "1111111" }, properties: past });
    await make("docs_3333333", { marker: { state: "previous", from: "2222222" }, properties: later });
    await make("docs_4444444", { marker: { from: "3333333" }, aliases: ["live"] });
    const listed = ["3333333", "2222222", "1111111"];
    await listRetained(
        client,
        ref("docs_4444444"),
        listed.map((generation) => ({ ...ref(`docs_${generation}`), generation })),
    );
    const propertyOf = async (name: string, key: string) =>
        (await describeCollection(client, ref(name)))?.properties[key];
    return { ...site, propertyOf };
}

describe("status of what is retained", () => {
    it("shows it in its order, and when each expires", async () => {
        const { command } = await window();
        const { out } = await command("status", "--database", "default");
        expect(out).to.include(
            [
                "Retained",
                `  docs_3333333 of ${owner}, 0 rows, behind docs_4444444, expires in 2.0 h`,
                `  docs_2222222 of ${owner}, 0 rows, behind docs_4444444, expired`,
                `  docs_1111111 of ${owner}, 0 rows, behind docs_4444444`,
                "",
            ].join("\n"),
        );
        const { json } = await command("status", "--json", "--database", "default");
        const { retained } = json()[0]!.result as { retained: Record<string, unknown>[] };
        expect(retained[1]).to.deep.include({
            generation: "2222222",
            expires: "1970-01-01T00:00:01.000Z",
            secondsLeft: 0,
        });
        expect(retained[2]).to.deep.include({ expires: null, secondsLeft: null });
    });
});

describe("cleanup of what is retained", () => {
    it("drops what has expired, and nothing else", async () => {
        const { client, make, command, names, propertyOf } = await window();
        await make("gone_5555555", { marker: { from: "9999999", state: "building" } });
        await setOnward(client, ref("docs_1111111"), { to: "2222222", lineage: lineage([["a", "b"]]) });
        await setOnward(client, ref("docs_2222222"), { to: "3333333", lineage: lineage([["b", "c"]]) });
        const listed = await command("cleanup", "--dry-run");
        expect(listed.out).to.include("docs_2222222: was retained, and its time is over; 0 rows");
        const { code, out } = await command("cleanup", "--yes", "--expired");
        expect(code, out).to.equal(0);
        expect(names()).to.deep.equal(["docs_1111111", "docs_3333333", "docs_4444444", "gone_5555555"]);
        const rest = JSON.parse((await propertyOf("docs_4444444", "pulumi.previous"))!) as { name: string }[];
        expect(rest.map(({ name }) => name)).to.deep.equal(["docs_3333333", "docs_1111111"]);
        // The way of its fields does not end with the collection that was dropped.
        expect(await readOnward(client, ref("docs_1111111"))).to.deep.equal({
            to: "3333333",
            lineage: lineage([["a", "c"]]),
        });
        expect((await command("cleanup", "--yes", "--expired")).out).to.include("nothing is left behind");
    });

    it("keeps what a program protects, an alias points at, or a rollback was interrupted in", async () => {
        const { client, command, names, make } = await window();
        const all = [...names()];
        const expectKept = async () => {
            expect((await command("cleanup", "--yes", "--expired")).out).to.include("nothing is left behind");
            expect(names()).to.deep.equal(all);
        };
        await setProperties(client, ref("docs_4444444"), { "pulumi.protected": "true" });
        await expectKept();
        await setProperties(client, ref("docs_4444444"), { "pulumi.protected": "" });
        const lease = await leaseProperty(client, { ...newLeaseHolder("a run"), machine: "elsewhere" });
        await setProperties(client, ref("docs_2222222"), lease);
        await expectKept();
        await setProperties(client, ref("docs_2222222"), { "pulumi.lease": "" });
        await make("other_6666666", { marker: { state: "previous" }, properties: past, aliases: ["theirs"] });
        all.push("other_6666666");
        expect((await command("cleanup", "--yes", "--expired")).out).to.include("dropped 1 collection");
        expect(names()).to.deep.equal(all.filter((name) => name !== "docs_2222222"));
    });
});
