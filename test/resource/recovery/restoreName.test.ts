import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/client";
import { listCollections, setProperties } from "../../../provider/milvus/collections";
import { stampProperties } from "../../../provider/observe/stamp";
import { backToName, requireNotSwapped } from "../../../provider/resource/recovery/restoreName";
import { failure } from "../../fake/failure";
import { create, open, ref } from "../../fake/open";

const props = { generation: "3fa9c1d", collectionName: "docs" };
const report = { say: () => undefined, progress: () => undefined };
const names = (client: MilvusClient) => listCollections(client, undefined);

describe("a collection under another name than the state has", () => {
    it("gets its name back where a swap has taken it, and keeps one that somebody gave it by hand", async () => {
        const { client } = await open("2.6.18", { pending: 0 });
        for (const [found, after] of [
            ["docs_3fa9c1d", "docs"],
            ["docs_of_may", "docs_of_may"],
        ] as const) {
            await create(client, found);
            expect((await backToName(client, props, ref(found), report)).name).to.equal(after);
            expect(await names(client)).to.include(after);
        }
    });

    it("is not gone on with where its successor has the name by now", async () => {
        const { client } = await open("2.6.18", { pending: 0 });
        for (const name of ["docs", "docs_3fa9c1d"]) await create(client, name);
        const stamp = { owner: "shop/prod/docs", generation: "ba4d643", state: "live" } as const;
        await setProperties(client, ref("docs"), stampProperties({ ...stamp, from: "0000000" }));
        await requireNotSwapped(client, props, ref("docs_3fa9c1d"));
        await setProperties(client, ref("docs"), stampProperties({ ...stamp, from: props.generation }));
        const error = await failure(requireNotSwapped(client, props, ref("docs_3fa9c1d")));
        expect(error).to.have.property("code", "MV328");
        expect(error.message).to.match(/^docs: an interrupted run has put a new collection in its place/);
    });
});
