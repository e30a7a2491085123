import { status } from "@grpc/grpc-js";
import { expect } from "chai";

import { sendInsert } from "../../../provider/milvus/rows/inserts";
import { nextPage } from "../../../provider/milvus/rows/pages";
import { strong } from "../../../provider/milvus/rows/readPoint";
import { countRows, flush } from "../../../provider/milvus/rows/rows";
import { failure } from "../../fake/failure";
import { create, insert, type Opened, open, ref, serve, smallest } from "../../fake/open";
import { requestOf } from "../versioned";

describe("a server with failures (fake)", () => {
    const docs = ref("docs");
    const slower = { code: 8, reason: "rate limit exceeded[rate=0]" };
    const away = { grpc: status.UNAVAILABLE, details: "going down" };
    let opened: Opened;
    beforeEach(async () => {
        opened = await open("2.6.18");
        await create(opened.client, "docs");
        await serve(opened.client, "docs");
        await insert(opened.client, "docs", { fields: smallest }, { id: ["1", "2"] });
    });

    const page = async () => {
        const endpoint = { client: opened.client, ref: docs, collectionId: undefined, partition: undefined };
        const how = { fields: ["id"], key: "id", lineBreaks: "letter" as const, readPoint: strong };
        return (await nextPage({ ...endpoint, ...how }, {}, 10)).rows;
    };
    const asked = (rpc: string) => opened.fake.calls.filter((call) => call === rpc).length;

    for (const [what, trouble] of [
        ["limits the rate", slower],
        ["is unreachable for a moment", away],
    ] as const)
        it(`gets a read again if it ${what}`, async () => {
            opened.fake.failNext("Query", trouble);
            expect(await page()).to.equal(2);
            opened.fake.failNext("Query", trouble);
            expect(await countRows(opened.client, docs)).to.equal(2);
            expect(asked("Query")).to.equal(4);
        });

    it("gets a flush again if it accepts one at a time", async () => {
        opened.fake.failNext("Flush", slower);
        await flush(opened.client, docs);
        expect(asked("Flush")).to.equal(2);
    });

    it("gets no batch twice after a lost connection, because it may have stored the first one", async () => {
        const rows = requestOf("docs", smallest, [3n], 1);
        opened.fake.failNext("Insert", away);
        expect(await failure(sendInsert(opened.client, "docs", rows, 1))).to.have.property("kind", "lost");
        expect(asked("Insert")).to.equal(2);
    });

    it("gets no read again after it rejects one", async () => {
        opened.fake.failNext("Query", { code: 1100, reason: "no" });
        expect(await failure(page())).to.have.property("kind", "invalid");
        expect(asked("Query")).to.equal(1);
    });
});
