import { expect } from "chai";

import { createDatabase } from "../../../provider/milvus/cluster/databases";
import {
    describeCollection,
    listCollections,
    renameCollection,
} from "../../../provider/milvus/collection/collections";
import { swap } from "../../../provider/migration/cutover/swapNames";
import { renameInPlace } from "../../../provider/migration/lifecycle/renameInPlace";
import { failure } from "../../fake/failure";
import { create, open, ref, serve } from "../../fake/open";

const report = { say: () => undefined, progress: () => undefined };

/** `docs` and its copy; an older release has moved `docs` here from the database `archive`, if so asked. */
async function moved(version: string, isMoved = true) {
    const { fake, client } = await open(version, { pending: 0 });
    await createDatabase(client, "archive", {});
    for (const name of ["docs", "docs_new"]) {
        await create(client, name);
        await serve(client, name);
    }
    if (isMoved) fake.collections()[0]!.recordedDatabase = "archive";
    return { fake, client };
}

describe("a collection that an older release has moved to another database (fake)", () => {
    it("is not found by its new name after a rename, and keeps the former one, before 2.6.11", async () => {
        const { client } = await moved("2.6.10");
        await renameCollection(client, ref("docs"), "papers");
        expect(await listCollections(client, undefined)).to.include("papers");
        expect(await describeCollection(client, ref("papers"))).to.equal(undefined);
        expect((await describeCollection(client, ref("docs")))?.name).to.equal("papers");
        const back = await failure(renameCollection(client, ref("docs_new"), "docs"));
        expect(back).to.have.property("kind", "rejected");
    });

    it("is not renamed, neither in place nor for a swap, and holds no trace of the question", async () => {
        const { fake, client } = await moved("2.6.10");
        const given = { client, ref: ref("docs"), shadow: "docs_new", oldName: "docs_old", report };
        for (const work of [
            swap(given),
            renameInPlace(client, ref("docs"), { to: "papers", load: undefined }, [], report),
        ]) {
            const error = await failure(work);
            expect(error).to.have.property("code", "MV369");
            expect(error.message).to.include("the database archive").and.include("2.6.11");
        }
        expect(fake.calls.filter((call) => call === "RenameCollection")).to.deep.equal([]);
        expect(Object.keys((await describeCollection(client, ref("docs")))!.properties)).not.to.include(
            "pulumi.probe",
        );
    });

    it("is renamed by a server that has mended its record, as is one that was never moved", async () => {
        for (const { client } of [await moved("2.6.11"), await moved("2.6.10", false)]) {
            await renameInPlace(client, ref("docs"), { to: "papers", load: undefined }, [], report);
            expect((await describeCollection(client, ref("papers")))?.name).to.equal("papers");
            expect(await describeCollection(client, ref("docs"))).to.equal(undefined);
        }
    });
});
