import { expect } from "chai";

import { diffCollection } from "../../../provider/plan/diff/diff";
import { withoutServersOwn } from "../../../provider/plan/diff/serversOwn";
import { recorded } from "../../../provider/plan/offline";
import { collection } from "../arbitrary";

const seen = (given: object) => withoutServersOwn({ ...recorded(collection({})), ...given });

describe("what a server sets by itself", () => {
    it("is nothing that a program declares", () => {
        const own = { timezone: "UTC", max_field_id: "102", "cipher.ezID": "7" };
        expect(seen({ properties: own, shardsNum: 1, numPartitions: 16 })).to.include({
            shardsNum: undefined,
            numPartitions: undefined,
        });
        expect(seen({ properties: own }).properties).to.deep.equal({});
        expect(seen({ numPartitions: 64 }).numPartitions).to.equal(undefined);
    });

    it("is told from what somebody has chosen", () => {
        const chosen = { timezone: "Asia/Tokyo", "mmap.enabled": "true" };
        expect(seen({ properties: chosen, shardsNum: 2, numPartitions: 8 })).to.deep.include({
            properties: chosen,
            shardsNum: 2,
            numPartitions: 8,
        });
    });

    it("stays where a program no longer mentions it", () => {
        const set = (properties: Record<string, string>) => collection({ properties });
        expect(diffCollection(set({ timezone: "UTC" }), set({}))).to.deep.equal([
            { kind: "state-only", arguments: ["properties"] },
        ]);
        expect(diffCollection(set({ timezone: "Asia/Tokyo" }), set({}))).to.deep.equal([
            { kind: "delete-property", key: "timezone", from: "Asia/Tokyo" },
        ]);
    });
});
