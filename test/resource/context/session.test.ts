import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/client";
import { activeCutovers } from "../../../provider/resource/context/session";
import type { Cutover } from "../../../provider/migration/cutover/cutover";

const client = { target: "127.0.0.1:19530", database: "default" } as unknown as MilvusClient;
const endpoint = (database: string | undefined, name = "docs_2222222") => ({
    client,
    ref: { database, name },
});
const first = {} as Cutover;

describe("a hand-over that waits for its alias", () => {
    afterEach(() => activeCutovers.remove("1111111"));

    it("is found however a program writes the database", () => {
        activeCutovers.add("1111111", endpoint(undefined), first);
        expect(activeCutovers.byTarget(endpoint("default"))).to.equal(first);
        expect(activeCutovers.byTarget(endpoint("shop"))).to.equal(undefined);
        expect(activeCutovers.byTarget(endpoint(undefined, "docs"))).to.equal(undefined);
    });

    it("gives way to a later one of the same collection: both would write the same hashes", () => {
        const second = {} as Cutover;
        activeCutovers.add("1111111", endpoint(undefined), first);
        activeCutovers.add("1111111", endpoint(undefined), second);
        expect(activeCutovers.bySource("1111111")).to.equal(second);
        activeCutovers.remove("1111111");
        expect(activeCutovers.bySource("1111111")).to.equal(undefined);
    });
});
