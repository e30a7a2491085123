import { expect } from "chai";

import { describeAlias } from "../../provider/milvus/aliases";
import { create as createAlias, remove } from "../../provider/resource/alias";
import { Alias } from "../../provider/spec/alias";
import { create, open } from "../fake/open";
import { contextOf } from "./contextOf";

describe("an alias", () => {
    it("stays where it is replaced by itself: only its database is written in another way", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs");
        const context = contextOf(fake.address);
        const before = Alias.parse({ name: "live", collection: "docs" });
        await createAlias(context, {}, before);
        await createAlias(context, {}, { ...before, database: "default" });
        await remove(context, {}, before);
        expect(await describeAlias(client, { database: undefined, alias: "live" })).to.equal("docs");
    });
});
