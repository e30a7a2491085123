import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/client";
import { restoreName } from "../../../provider/migration/cutover/restoreName";
import { failure } from "../../fake/failure";
import { create, open, ref } from "../../fake/open";

const report = { say: () => undefined, progress: () => undefined };

describe("a collection whose swap was cut", () => {
    it("gets its name back", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs_old", {});
        expect((await restoreName(client, ref("docs_old"), "docs", report)).name).to.equal("docs");
        expect(fake.collections().map(({ name }) => name)).to.deep.equal(["docs"]);
    });

    it("keeps the name that it has where that is its own, where another has it, or where it needs none", async () => {
        const { client } = await open("2.6.18", { pending: 0 });
        for (const name of ["docs", "docs_old"]) await create(client, name, {});
        for (const [name, wanted] of [
            ["docs", "docs"],
            ["docs_old", "docs"],
            ["docs_old", undefined],
        ] as const)
            expect((await restoreName(client, ref(name), wanted, report)).name).to.equal(name);
    });

    it("is not read where the server answers for it and does not list it", async () => {
        // No server does so on demand: milvus-lite after a rename that ran beside another call.
        const ghost = {
            call: (method: string) =>
                Promise.resolve(method === "ShowCollections" ? { collection_names: ["docs_old"] } : {}),
        } as unknown as MilvusClient;
        const error = await failure(restoreName(ghost, ref("docs"), "docs", report));
        expect(error).to.have.property("code", "MV329");
        expect(error.message).to.match(/^docs: the server answers for it and does not list it.*Restart/);
    });
});
