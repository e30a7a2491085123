import { expect } from "chai";

import { parseCollection } from "../../../provider/inputs/parse";
import { planCollection } from "../../../provider/plan/plan";
import { type DetailedDiff, detailedDiff } from "../../../provider/plan/render/detailedDiff";

type Arguments = Record<string, unknown>;

const id = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector = { name: "vector", dataType: "FloatVector", dim: 4 };
const text = { name: "text", dataType: "VarChar", maxLength: 64 };
const page = { name: "page", dataType: "Int32" };
const base = { fields: [id, vector, text, page] };

function specOf(args: Arguments) {
    const { spec, failures } = parseCollection(args);
    if (!spec) throw new Error(JSON.stringify(failures));
    return spec;
}

/** The detailed diff of two programs, by the plan against a current server. */
function diffOf(olds: Arguments, news: Arguments): DetailedDiff {
    const { changes, replaces } = planCollection({
        deployed: specOf(olds),
        target: specOf(news),
        unknowns: false,
    });
    return detailedDiff(changes, olds, news, replaces);
}

const add = (replace = false) => ({ kind: "add", replace });
const gone = (replace = false) => ({ kind: "delete", replace });
const update = (replace = false) => ({ kind: "update", replace });

describe("the detailed diff of a collection", () => {
    it("is one update for a renamed field", () => {
        const renamed = { ...text, name: "body", previousName: "text" };
        expect(diffOf(base, { fields: [id, vector, renamed, page] })).to.deep.equal({
            "fields[2].name": update(true),
            "fields[2].previousName": add(true),
        });
    });

    it("is one addition for an added field, and nothing for the fields behind it", () => {
        const lang = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
        expect(diffOf(base, { fields: [id, lang, vector, text, page] })).to.deep.equal({
            "fields[1]": add(),
        });
    });

    it("is one deletion for a dropped field, where it was", () => {
        expect(diffOf(base, { fields: [id, vector, page] })).to.deep.equal({ "fields[2]": gone() });
    });

    it("names the attribute of a field, on each side where the field has moved", () => {
        expect(diffOf(base, { fields: [id, { ...vector, dim: 8 }, text, page] })).to.deep.equal({
            "fields[1].dim": update(true),
        });
        expect(diffOf(base, { fields: [id, text, page, { ...vector, dim: 8 }] })).to.deep.equal({
            "fields[1].dim": gone(true),
            "fields[3].dim": add(true),
        });
    });

    it("is empty where only the order of a list has changed", () => {
        expect(diffOf(base, { fields: [page, text, vector, id] })).to.deep.equal({});
    });

    it("names the key of a property, and whether it was there", () => {
        const properties = { "collection.ttl.seconds": 60, "mmap.enabled": true };
        expect(
            diffOf({ ...base, properties }, { ...base, properties: { "collection.ttl.seconds": 90 } }),
        ).to.deep.equal({
            'properties["collection.ttl.seconds"]': update(),
            'properties["mmap.enabled"]': gone(),
        });
        expect(diffOf(base, { ...base, properties: { "mmap.enabled": true } })).to.deep.equal({
            'properties["mmap.enabled"]': add(),
        });
    });

    it("tells an index by its field and name", () => {
        const flat = { field: "vector", indexType: "FLAT", metricType: "L2" };
        const hnsw = { field: "vector", indexType: "HNSW", metricType: "L2", params: { M: 8 } };
        const onPage = { field: "page", name: "by_page", indexType: "INVERTED" };
        expect(diffOf({ ...base, indexes: [flat] }, { ...base, indexes: [onPage, flat] })).to.deep.equal({
            "indexes[0]": add(),
        });
        expect(diffOf({ ...base, indexes: [flat] }, { ...base, indexes: [hnsw] })).to.deep.equal({
            "indexes[0].indexType": update(),
            "indexes[0].params": add(),
        });
    });

    it("names the whole argument for an index that no program declares", () => {
        const flat = { field: "vector", indexType: "FLAT", metricType: "L2" };
        expect(diffOf(base, { ...base, indexes: [flat] })).to.have.property("indexes[0]");
    });

    it("names partitions by where they are", () => {
        expect(
            diffOf({ ...base, partitions: ["a", "b"] }, { ...base, partitions: ["b", "c"] }),
        ).to.deep.equal({
            "partitions[0]": gone(),
            "partitions[1]": add(),
        });
    });

    it("names an argument of the provider's own by its parts", () => {
        expect(
            diffOf(
                { ...base, migration: { grace: 5, batchBytes: 1_000_000 } },
                {
                    ...base,
                    migration: { batchBytes: 1_000_000, keepPrevious: true },
                    deletionProtection: true,
                },
            ),
        ).to.deep.equal({
            deletionProtection: add(),
            "migration.grace": gone(),
            "migration.keepPrevious": add(),
        });
    });

    it("names the field of a hint", () => {
        const nullable = { ...text, nullable: true };
        expect(
            diffOf(
                { fields: [id, vector, nullable] },
                { fields: [id, vector, { ...nullable, backfill: "none" }] },
            ),
        ).to.deep.equal({ "fields[2].backfill": add() });
    });

    it("names a key that becomes another field's on both", () => {
        const other = { ...page, name: "number", dataType: "Int64" };
        const olds = { fields: [id, other, vector] };
        const news = {
            fields: [{ name: "id", dataType: "Int64" }, { ...other, isPrimaryKey: true }, vector],
        };
        expect(diffOf(olds, news)).to.deep.equal({
            "fields[0].isPrimaryKey": gone(true),
            "fields[1].isPrimaryKey": add(true),
        });
    });
});
