import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/client";
import { handovers } from "../../../provider/resource/context/session";
import type { Handover } from "../../../provider/migration/cutover/cutover";

const client = { target: "127.0.0.1:19530", database: "default" } as unknown as MilvusClient;
const side = (database: string | undefined, name = "docs_2222222") => ({ client, ref: { database, name } });
const first = {} as Handover;

describe("a hand-over that waits for its alias", () => {
    afterEach(() => handovers.done("1111111"));

    it("is found however a program writes the database", () => {
        handovers.expect("1111111", side(undefined), first);
        expect(handovers.to(side("default"))).to.equal(first);
        expect(handovers.to(side("shop"))).to.equal(undefined);
        expect(handovers.to(side(undefined, "docs"))).to.equal(undefined);
    });

    it("gives way to a later one of the same collection: both would write the same hashes", () => {
        const second = {} as Handover;
        handovers.expect("1111111", side(undefined), first);
        handovers.expect("1111111", side(undefined), second);
        expect(handovers.from("1111111")).to.equal(second);
        handovers.done("1111111");
        expect(handovers.from("1111111")).to.equal(undefined);
    });
});
