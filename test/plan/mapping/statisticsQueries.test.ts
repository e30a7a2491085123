import { expect } from "chai";

import type { Collection } from "../../../provider/inputs/schema/collection";
import { recorded } from "../../../provider/plan/offline";
import { statisticsQueries } from "../../../provider/plan/mapping/statisticsQueries";
import { collection, field, id, text, vector } from "../arbitrary";
import { withText } from "../edits";

const asked = (before: Partial<Collection>, after: Partial<Collection>) => {
    const deployed = collection(before);
    return statisticsQueries(deployed, collection(after), recorded(deployed));
};

describe("the statistics queries of a plan", () => {
    it("count nothing if every row fits", () => {
        expect(asked({}, withText({ maxLength: 1024, nullable: true }))).to.deep.equal([]);
    });

    it("count the rows beyond a limit that shrinks, by the current name", () => {
        const after = withText({ name: "body", previousName: "text", maxLength: 64 });
        expect(asked({}, after)).to.deep.equal([
            { statistic: "tooLong", field: "body", source: "text", limit: 64 },
        ]);
        const tags = field({ name: "tags", dataType: "Array", elementType: "Int64", maxCapacity: 8 });
        expect(
            asked({ fields: [id, vector, tags] }, { fields: [id, vector, { ...tags, maxCapacity: 4 }] }),
        ).to.deep.equal([{ statistic: "tooMany", field: "tags", source: "tags", limit: 4 }]);
    });

    it("count the NULLs that fail or become the default, not those that get a backfill", () => {
        const before = withText({ nullable: true });
        const nulls = { statistic: "nulls", field: "text", source: "text" };
        expect(asked(before, {})).to.deep.equal([nulls]);
        expect(asked(before, withText({ nullable: true, defaultValue: "-" }))).to.deep.equal([nulls]);
        expect(asked(before, withText({ backfill: "-" }))).to.deep.equal([]);
        expect(asked(before, withText({ nullable: true }))).to.deep.equal([]);
    });

    it("count the dynamic keys with the name of a new field, unless a field takes their values", () => {
        const dynamic = { enableDynamicField: true };
        const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8 });
        const added = (given: Partial<typeof lang>) => ({
            ...dynamic,
            fields: [id, vector, { ...lang, ...given }],
        });
        const bare = { ...dynamic, fields: [id, vector] };
        expect(asked(bare, added({}))).to.deep.equal([
            { statistic: "dynamicKeyCollisions", field: "lang", source: "lang" },
        ]);
        expect(asked(bare, added({ from: "$meta.lang" }))).to.deep.equal([]);
        expect(asked(bare, added({ name: "language", from: "$meta.lang" }))).to.deep.equal([
            { statistic: "dynamicKeyCollisions", field: "language", source: "language" },
        ]);
        expect(asked({ fields: [id, vector] }, added({}))).to.deep.equal([]);
    });

    it("count the rows of a dropped partition, unless a partition key routes them", () => {
        const before = { partitions: ["a", "b"] };
        expect(asked(before, { partitions: ["b", "c"] })).to.deep.equal([
            { statistic: "inPartition", field: "a", source: "a" },
        ]);
        expect(asked(before, withText({ isPartitionKey: true }))).to.deep.equal([]);
    });

    it("count the values of a dropped nullable field, unless it moves to the dynamic field", () => {
        const before = withText({ nullable: true });
        const fields = [id, vector];
        expect(asked(before, { fields })).to.deep.equal([
            { statistic: "held", field: "text", source: "text" },
        ]);
        expect(asked({ fields: [id, vector, text] }, { fields })).to.deep.equal([]);
        const migration = { ...collection().migration, moveToDynamicField: ["text"] };
        expect(asked(before, { fields, migration, enableDynamicField: true })).to.deep.equal([]);
    });

    it("count no limit that one side lacks, nor values that are converted", () => {
        const number = withText({ dataType: "Int64", maxLength: undefined });
        expect(asked(number, withText({ maxLength: 4 }))).to.deep.equal([]);
        expect(asked({}, number)).to.deep.equal([]);
        const list = (elementType: string, maxCapacity: number) => ({
            fields: [id, vector, field({ name: "list", dataType: "Array", elementType, maxCapacity })],
        });
        expect(asked(list("Int32", 8), list("Int64", 4))).to.deep.equal([]);
        expect(asked(list("Int64", 8), list("Int64", 8))).to.deep.equal([]);
    });

    it("count no NULL of a field that had a default: the server replaced it at the insert", () => {
        const before = withText({ nullable: true, defaultValue: "+" });
        expect(asked(before, withText({ nullable: true, defaultValue: "-" }))).to.deep.equal([]);
        expect(asked(before, {})).to.deep.equal([{ statistic: "nulls", field: "text", source: "text" }]);
    });
});
