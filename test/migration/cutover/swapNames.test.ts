import { expect } from "chai";

import { createAlias, describeAlias } from "../../../provider/milvus/collection/aliases";
import { swap } from "../../../provider/migration/cutover/swapNames";
import type { Failure } from "../../support/fake/service";
import { failure } from "../../fake/failure";
import { create, open, ref } from "../../fake/open";

const report = { say: () => undefined, progress: () => undefined };
const lost: Failure = { lost: true };
const passes: Failure = { passes: true };
const refused: Failure = { code: 65535, reason: "down" };
const live = { database: undefined, alias: "live" };

/**
 * Swaps on a server whose renames end as given, one after the other; returns the description of the collection under
 * each name.
 */
async function swapping(...renames: Failure[]) {
    const { fake, client } = await open("2.6.18", { pending: 0 });
    await create(client, "docs", { description: "old" });
    await create(client, "docs_new", { description: "new" });
    await createAlias(client, live, "docs");
    for (const rename of renames) fake.failNext("RenameCollection", rename);
    const given = { client, ref: ref("docs"), shadow: "docs_new", oldName: "docs_old", report };
    const error = await failure(swap(given).then(() => Promise.reject(new Error("swapped"))));
    const names = fake.collections().map(({ name, schema }) => [name, schema.description] as const);
    return { error, names: Object.fromEntries(names), live: await describeAlias(client, live) };
}

const before = { docs: "old", docs_new: "new" };
const after = { docs: "new", docs_old: "old" };

describe("a swap of names", () => {
    it("completes if only the answer to the second rename was lost", async () => {
        for (const renames of [[], [passes, lost]]) {
            const { error, names, live } = await swapping(...renames);
            expect(error.message).to.equal("swapped");
            expect(names).to.deep.equal(after);
            expect(live).to.equal("docs");
        }
    });

    it("restores the name if a rename fails or the answer to the first one is lost", async () => {
        for (const renames of [[lost], [refused], [passes, refused]] as Failure[][]) {
            const { error, names, live } = await swapping(...renames);
            expect(error).to.have.property("kind", renames.includes(lost) ? "lost" : "rejected");
            expect(names).to.deep.equal(before);
            expect(live).to.equal("docs");
        }
    });

    it("names both collections if it cannot restore the name", async () => {
        const { error, names } = await swapping(lost, refused);
        expect(error).to.have.property("code", "MV315");
        expect(error.message).to.match(/^docs: the old collection may be named docs_old now/);
        expect(names).to.deep.equal({ docs_old: "old", docs_new: "new" });
    });
});

describe("a swap of two names that was refused", () => {
    it("is not taken for done where the retired name is another collection's, or the copy is gone", async () => {
        for (const names of [["docs", "docs_new", "docs_old"], ["docs"]]) {
            const { fake, client } = await open("2.6.18", { pending: 0 });
            for (const name of names) await create(client, name);
            fake.failNext("RenameCollection", refused);
            if (names.length === 1) fake.failNext("RenameCollection", refused);
            const given = { client, ref: ref("docs"), shadow: "docs_new", oldName: "docs_old", report };
            expect(await failure(swap(given))).to.have.property("kind", "rejected");
            expect(fake.collections().map(({ name }) => name)).to.have.members(names);
        }
    });
});
