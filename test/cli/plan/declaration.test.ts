import { expect } from "chai";

import { declaredBy } from "../../../cli/plan/declaration";
import { documentOf } from "../../../cli/schema/document";
import { parseSchema } from "../../../cli/schema/schemaFile";
import type { CollectionArguments } from "../../../provider/inputs/schema/collection";

/** As an import declares a collection. */
const inputs: CollectionArguments = {
    name: "docs",
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true, autoId: true },
        { name: "vector", dataType: "FloatVector", dim: 4 },
        { name: "title", dataType: "VarChar", maxLength: 100, nullable: true, defaultValue: "none" },
        { name: "page", dataType: "VarChar", maxLength: 8 },
    ],
    indexes: [
        { field: "vector", indexType: "HNSW", metricType: "L2", params: { M: 8, efConstruction: 64 } },
        { field: "page", indexType: "INVERTED" },
    ],
    enableDynamicField: true,
};

const able = { nullable: true, server: "milvus 2.6.18" };

function declared(schema: unknown, capabilities = able) {
    const file = parseSchema("schema.json", JSON.stringify(schema));
    const { news, notes } = declaredBy(file, documentOf(file), { ...inputs }, capabilities, { grace: 0 });
    return { ...(news as unknown as CollectionArguments), notes };
}

const vector = { field_name: "vector" };
const named = ({ fields }: CollectionArguments, name: string) => fields.find((field) => field.name === name);

describe("what a schema file declares", () => {
    it("has the gate of the file, in which an option goes first", () => {
        const document = documentOf(
            parseSchema(
                "schema.json",
                JSON.stringify({ fields: inputs.fields, migration: { gate: { topK: 5, minRecall: 0.99 } } }),
            ),
        );
        const file = parseSchema("schema.json", "[]");
        const gateBy = (migration: object) =>
            (
                declaredBy(file, document, { ...inputs }, able, { ...migration }).news.migration as {
                    gate?: object;
                }
            ).gate;
        expect(gateBy({})).to.deep.equal({ topK: 5, minRecall: 0.99 });
        expect(gateBy({ gate: { minRecall: 0.5 } })).to.deep.equal({ topK: 5, minRecall: 0.5 });
    });

    it("keeps the primary key, and what the list omits of a field", () => {
        const now = declared([vector, { field_name: "title", datatype: "VARCHAR", max_length: 200 }]);
        expect(named(now, "id")).to.deep.equal(inputs.fields[0]);
        expect(named(now, "vector")).to.deep.equal(inputs.fields[1]);
        expect(named(now, "title")).to.deep.equal({ ...inputs.fields[2], maxLength: 200 });
        expect(now.enableDynamicField).to.equal(true);
    });

    it("takes how a field is kept in memory, and its analyzers, by the names of pymilvus", () => {
        const analyzers = { default: { type: "standard" }, english: { type: "english" } };
        const multi_analyzer_params = { analyzers, by_field: "lang" };
        const now = declared([
            { field_name: "vector", mmap_enabled: true, warmup: "disable" },
            { field_name: "lang", datatype: "VARCHAR", max_length: 8 },
            { field_name: "text", datatype: "VARCHAR", enable_analyzer: true, multi_analyzer_params },
        ]);
        expect(named(now, "vector")).to.deep.equal({ ...inputs.fields[1], mmap: true, warmup: "disable" });
        expect(named(now, "text")).to.deep.include({ multiAnalyzerParams: multi_analyzer_params });
    });

    it("takes a default away where it says null", () => {
        const now = declared([vector, { field_name: "title", default_value: null }]);
        expect(named(now, "title")).to.not.have.property("defaultValue");
        expect(named(now, "title")).to.include({ nullable: true });
    });

    it("keeps nothing of a field that gets another type", () => {
        const now = declared([vector, { field_name: "page", datatype: "INT64" }]);
        expect(named(now, "page")).to.deep.equal({ name: "page", dataType: "Int64" });
        expect(now.indexes!.map(({ field }) => field)).to.deep.equal(["vector"]);
    });

    it("keeps the indexes of the fields that stay, on their new names", () => {
        const renamed = [vector, { field_name: "page_number", datatype: "VARCHAR", previous_name: "page" }];
        expect(declared(renamed).indexes).to.deep.equal([
            inputs.indexes![0],
            { field: "page_number", indexType: "INVERTED" },
        ]);
        expect(named(declared(renamed), "page_number")).to.include({ maxLength: 8, previousName: "page" });
        expect(declared([vector]).indexes).to.deep.equal([inputs.indexes![0]]);
    });

    it("gives existing rows the default of a new field, which an old server does not keep", () => {
        const schema = [vector, { field_name: "lang", datatype: "VARCHAR", default_value: "en" }];
        expect(named(declared(schema), "lang")).to.deep.equal({
            name: "lang",
            dataType: "VarChar",
            defaultValue: "en",
        });
        const old = declared(schema, { nullable: false, server: "milvus 2.3.5" });
        expect(named(old, "lang")).to.deep.equal({ name: "lang", dataType: "VarChar", backfill: "en" });
        expect(old.notes).to.have.length(1);
        expect(old.notes[0]).to.include("milvus 2.3.5 keeps no default values");
        // The same file, once the field is there.
        const again = [vector, { field_name: "page", default_value: "1" }];
        const there = declared(again, { nullable: false, server: "milvus 2.3.5" });
        expect(named(there, "page")).to.deep.equal(inputs.fields[3]);
    });

    it("keeps what arguments omit, and lets options win over the file", () => {
        const now = declared({ description: "x", migration: { grace: 5, writes: "paused" } });
        expect(now).to.deep.include({
            ...inputs,
            description: "x",
            migration: { grace: 0, writes: "paused" },
        });
    });

    it("names a mistake in the words of the list", () => {
        const wrong = [vector, { field_name: "bad", datatype: "FLOAT_VECTOR", dim: 99_999 }];
        expect(() => declared(wrong)).to.throw(/schema\.json:1:\d+: \[1\]\.dim: .*\[MV02\d\] \[MV525\]$/);
        expect(() => declared([vector, { field_name: "new" }])).to.throw(
            /\[1\]\.datatype: datatype is missing/,
        );
    });
});
