import { expect } from "chai";

import type { Collection, Field } from "../../../provider/inputs/schema/collection";
import {
    addField,
    describeField,
    dropField,
    resizeField,
} from "../../../provider/plan/strategy/fieldStrategy";
import { bm25, collection, embed, field, hnsw, id, text, vector } from "../arbitrary";
import { contextOf } from "./contextOf";

const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8, nullable: true });
const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
const chunks = field({
    name: "chunks",
    dataType: "Array",
    elementType: "Struct",
    maxCapacity: 8,
    nullable: true,
    fields: [{ name: "page", dataType: "Int64", description: "" }],
});
const all = [id, vector, text];
const fields = (reason: string) => ({ via: "migrate", argument: "fields", reason });
const { migration } = collection();

describe("a new field", () => {
    const added = (one: Field, given: Parameters<typeof contextOf>[0] = {}) =>
        addField(one, contextOf({ after: { fields: [...all, one] }, ...given }));

    it("is added with its indexes, and those of its Struct fields", () => {
        const on = (name: string) => ({ ...hnsw, field: name, name });
        const indexes = [on("vector"), on("chunks"), on("chunks[page]"), on("chunks2"), on("x_chunks[")];
        expect(added(chunks, { after: { fields: [...all, chunks], indexes } })).to.deep.equal({
            via: "update",
            updates: [
                { kind: "add-field", field: chunks },
                { kind: "create-index", index: indexes[1], isNew: true },
                { kind: "create-index", index: indexes[2], isNew: true },
            ],
            findings: [],
        });
    });

    it("may hide a dynamic key of its name", () => {
        const codes = (enableDynamicField: boolean, rows?: number) => {
            const strategy = added(lang, {
                before: { enableDynamicField },
                after: { fields: [...all, lang], enableDynamicField },
                ...(rows !== undefined && { statistics: { dynamicKeyCollisions: { lang: rows } } }),
            });
            return "findings" in strategy ? strategy.findings?.map(({ code }) => code) : undefined;
        };
        expect(codes(true)).to.deep.equal(["MV130"]);
        expect(codes(true, 0)).to.deep.equal([]);
        expect(codes(false)).to.deep.equal([]);
    });

    const refused: [string, Field, string, Parameters<typeof contextOf>[0]?][] = [
        ["a primary key", { ...lang, isPrimaryKey: true }, "Milvus cannot add a key in place"],
        ["a partition key", { ...lang, isPartitionKey: true }, "Milvus cannot add a key in place"],
        ["a clustering key", { ...lang, isClusteringKey: true }, "Milvus cannot add a key in place"],
        ["from a dynamic key", { ...lang, from: "$meta.lang" }, "existing rows get lang from $meta.lang"],
        ["with a backfill", { ...lang, backfill: "en" }, "existing rows get the backfill of lang"],
        ["that is not nullable", { ...lang, nullable: false }, "Milvus adds only nullable fields in place"],
        ["with an analyzer", { ...lang, enableAnalyzer: true }, "Milvus cannot add an analyzer in place"],
        [
            "an Array of Structs, where the server lacks it",
            chunks,
            "milvus 3.0.0 cannot add an Array of Structs in place",
            { server: { addStruct: false } },
        ],
        [
            "a vector, where the server lacks it",
            { ...vector, name: "image", nullable: true },
            "milvus 3.0.0 cannot add a vector in place",
            { server: { addVector: false } },
        ],
        [
            "a scalar, where the server lacks it",
            lang,
            "milvus 3.0.0 cannot add a field in place",
            { server: { addField: false } },
        ],
        [
            "with a default, where the server does not fill it",
            { ...lang, defaultValue: "en" },
            "milvus 3.0.0 does not fill the default of lang into existing rows",
            { server: { fillsDefaults: false } },
        ],
    ];
    for (const [what, one, reason, given] of refused)
        it(`is migrated: ${what}`, () => {
            expect(added(one, given)).to.deep.equal(fields(reason));
        });

    it("is added where only another kind of field cannot be added", () => {
        const array = field({ name: "tags", dataType: "Array", elementType: "Int64", nullable: true });
        const via = (one: Field, lacks: string) => added(one, { server: { [lacks]: false } }).via;
        expect(via(lang, "addStruct")).to.equal("update");
        expect(via(lang, "addVector")).to.equal("update");
        expect(via(array, "addStruct")).to.equal("update");
        expect(via(chunks, "addField")).to.equal("update");
        expect(via({ ...vector, name: "image", nullable: true }, "addField")).to.equal("update");
        expect(via({ ...lang, defaultValue: "en", backfill: "en" }, "addVector")).to.equal("update");
        expect(via(lang, "fillsDefaults")).to.equal("update");
    });

    it("is computed by a transform, unless the program gives a value", () => {
        const after = (one: Field) => ({
            after: { fields: [...all, one], migration: { ...migration, transform: embed } },
        });
        expect(added(lang, after(lang))).to.deep.equal(fields("existing rows get lang from ./embed.js"));
        const filled = { ...lang, defaultValue: "en" };
        expect(added(filled, after(filled)).via).to.equal("update");
    });

    describe("that is on the server already", () => {
        const seen = (there: Field) => ({ before: { fields: [...all, there] } });

        it("is not added again, whatever the server could add", () => {
            const server = { addField: false };
            expect(added(lang, { ...seen(lang), server }).via).to.equal("update");
        });

        it("is migrated if it is another one", () => {
            const reason = fields("the server has a different field lang");
            expect(added(lang, seen({ ...lang, maxLength: 16 }))).to.deep.equal(reason);
            expect(added(lang, seen({ ...lang, nullable: false }))).to.deep.equal(reason);
            expect(added(lang, seen({ ...lang, defaultValue: "en" }))).to.deep.equal(reason);
        });
    });

    describe("that a function fills", () => {
        const after = { fields: [...all, sparse], functions: [bm25] };

        it("comes with its function, or is there with it", () => {
            const done = { via: "update", updates: [] };
            expect(addField(sparse, contextOf({ after }))).to.deep.equal(done);
            expect(addField(sparse, contextOf({ before: after, after }))).to.deep.equal(done);
        });

        it("is migrated where the function exists without it", () => {
            const before = { functions: [{ ...bm25, outputFieldNames: ["other"] }] };
            expect(addField(sparse, contextOf({ before, after }))).to.deep.equal(
                fields("Milvus cannot change the outputs of a function"),
            );
            const another = { functions: [{ ...bm25, name: "another" }] };
            expect(addField(sparse, contextOf({ before: another, after })).via).to.equal("update");
        });
    });
});

describe("a dropped field", () => {
    const dropped = (one: Field, given: Parameters<typeof contextOf>[0] = {}) =>
        dropField(one, contextOf({ before: { fields: [...all, one] }, ...given }));

    it("is dropped with a finding about its values", () => {
        const codes = (undeclared: string[], rows?: number) => {
            const statistics = rows === undefined ? {} : { held: { lang: rows } };
            const strategy = dropped(lang, { undeclared, statistics });
            expect(strategy).to.deep.include({ updates: [{ kind: "drop-field", field: "lang" }] });
            return "findings" in strategy ? strategy.findings?.map(({ code }) => code) : undefined;
        };
        expect(codes([])).to.deep.equal(["MV101"]);
        expect(codes(["lang"])).to.deep.equal(["MV128"]);
        expect(codes(["other"])).to.deep.equal(["MV101"]);
        expect(codes([], 0)).to.deep.equal([]);
        const without = dropField(lang, { ...contextOf({ before: { fields: [...all, lang] } }) });
        expect(without).to.have.nested.property("findings[0].code", "MV101");
    });

    it("has nothing to do where it is gone", () => {
        expect(dropField(lang, contextOf())).to.deep.equal({ via: "update", updates: [] });
    });

    const refused: [string, Field, string, Parameters<typeof contextOf>[0]?][] = [
        ["a primary key", { ...lang, isPrimaryKey: true }, "Milvus cannot drop a key in place"],
        ["a partition key", { ...lang, isPartitionKey: true }, "Milvus cannot drop a key in place"],
        ["a clustering key", { ...lang, isClusteringKey: true }, "Milvus cannot drop a key in place"],
        [
            "that moves to the dynamic field",
            lang,
            "lang moves to the dynamic field",
            { after: { migration: { ...migration, moveToDynamicField: ["lang"] } } },
        ],
        [
            "where the server cannot",
            lang,
            "milvus 3.0.0 cannot drop a field in place",
            { server: { alterSchema: false } },
        ],
        [
            "the last vector",
            lang,
            "Milvus cannot drop the last vector in place",
            { after: { fields: [id, text] } },
        ],
    ];
    for (const [what, one, reason, given] of refused)
        it(`is migrated: ${what}`, () => {
            expect(dropped(one, given)).to.deep.equal(fields(reason));
        });

    describe("beside a function", () => {
        const made = { fields: [...all, sparse], functions: [bm25] };
        const without = { fields: [id, vector] };

        it("that fills it goes with the function", () => {
            expect(dropField(sparse, contextOf({ before: made }))).to.deep.equal({
                via: "update",
                updates: [],
            });
            expect(
                dropField(sparse, contextOf({ before: made, server: { alterSchema: false } })),
            ).to.deep.equal(fields("function bm25 fills sparse"));
        });

        it("that reads it is dropped after the function, and migrated where the function stays", () => {
            expect(dropField(text, contextOf({ before: made, after: without })).via).to.equal("update");
            const stays = { fields: [id, vector, sparse], functions: [bm25] };
            expect(dropField(text, contextOf({ before: made, after: stays }))).to.deep.equal(
                fields("a function reads text"),
            );
            // Another function may stay.
            const before = { fields: [...all, lang, sparse], functions: [bm25] };
            const after = { fields: [...all, sparse], functions: [bm25] };
            expect(dropField(lang, contextOf({ before, after })).via).to.equal("update");
        });
    });
});

describe("another limit of a field", () => {
    const tags = field({
        name: "tags",
        dataType: "Array",
        elementType: "VarChar",
        maxLength: 8,
        maxCapacity: 4,
    });
    const resized = (
        one: Field,
        limit: "maxLength" | "maxCapacity",
        from: number | undefined,
        given: Parameters<typeof contextOf>[0] = {},
    ) =>
        resizeField(
            { kind: "resize-field", field: one.name, limit, from, to: one[limit] },
            contextOf({ after: { fields: [id, vector, one] }, ...given }),
        );

    it("is set in place if it grows, or if all rows were counted to fit", () => {
        const set = (field: string, properties: Record<string, string>) => ({
            via: "update",
            updates: [{ kind: "alter-field", field, properties }],
        });
        expect(resized(text, "maxLength", 256)).to.deep.equal(set("text", { max_length: "512" }));
        expect(resized(tags, "maxCapacity", 2)).to.deep.equal(set("tags", { max_capacity: "4" }));
        const fits = { statistics: { tooLong: { text: 0 }, tooMany: { tags: 0 } } };
        expect(resized(text, "maxLength", 1024, fits)).to.deep.equal(set("text", { max_length: "512" }));
        expect(resized(tags, "maxCapacity", 8, fits)).to.deep.equal(set("tags", { max_capacity: "4" }));
        // An interrupted run may have set it.
        expect(resized(text, "maxLength", 512).via).to.equal("update");
    });

    it("is migrated if rows may not fit", () => {
        const reason = fields("Milvus does not check existing rows against a smaller limit");
        expect(resized(text, "maxLength", 1024)).to.deep.equal(reason);
        expect(resized(text, "maxLength", 1024, { statistics: { tooLong: { text: 2 } } })).to.deep.equal(
            reason,
        );
        expect(resized(text, "maxLength", 1024, { statistics: { tooMany: { text: 0 } } })).to.deep.equal(
            reason,
        );
    });

    it("is migrated if the limit is new or goes", () => {
        const open = field({ name: "text", dataType: "VarChar" });
        const reason = fields("Milvus cannot remove maxLength");
        expect(resized(open, "maxLength", 512)).to.deep.equal(reason);
        expect(resized(text, "maxLength", undefined)).to.deep.equal(reason);
        expect(resized(text, "maxLength", 256, { after: { fields: [id, vector] } })).to.deep.equal(reason);
    });

    it("is migrated for a primary key, for an Array of Structs, and where the server cannot", () => {
        expect(resized({ ...text, isPrimaryKey: true }, "maxLength", 256)).to.deep.equal(
            fields("Milvus cannot change the primary key in place"),
        );
        expect(resized(chunks, "maxCapacity", 4)).to.deep.equal(
            fields("Milvus cannot change maxCapacity inside an Array in place"),
        );
        expect(resized(text, "maxLength", 256, { server: { alterMaxLength: false } })).to.deep.equal(
            fields("milvus 3.0.0 cannot change maxLength in place"),
        );
        expect(resized(tags, "maxCapacity", 2, { server: { alterMaxLength: false } }).via).to.equal("update");
        expect(resized(tags, "maxCapacity", 2, { server: { alterMaxCapacity: false } }).via).to.equal(
            "migrate",
        );
    });
});

describe("another description", () => {
    const described = (part: "field" | "function", name: string, given: Partial<Collection>, able = true) =>
        describeField(
            { kind: "describe-part", part, name },
            contextOf({ after: given, server: { alterFieldDescription: able } }),
        );
    const told = { ...text, description: "The text" };

    it("of a field is set in place", () => {
        expect(described("field", "text", { fields: [id, vector, told] })).to.deep.equal({
            via: "update",
            updates: [
                { kind: "alter-field", field: "text", properties: { "field.description": "The text" } },
            ],
        });
    });

    it("of a function, of a Struct, or where the server cannot, waits for the next migration", () => {
        const later = (strategy: ReturnType<typeof described>) => {
            expect(strategy.via).to.equal("state-only");
            const [finding] = "findings" in strategy ? (strategy.findings ?? []) : [];
            return `${finding?.code} ${finding?.path}: ${finding?.message}`;
        };
        const message = (name: string) =>
            `The description of ${name} is sent to the server with the next migration.`;
        // A function may have the name of a field.
        expect(later(described("function", "text", { functions: [{ ...bm25, name: "text" }] }))).to.equal(
            `MV126 functions: ${message("text")}`,
        );
        expect(later(described("field", "chunks", { fields: [id, vector, chunks] }))).to.equal(
            `MV126 fields: ${message("chunks")}`,
        );
        expect(later(described("field", "text", { fields: [id, vector, told] }, false))).to.equal(
            `MV126 fields: ${message("text")}`,
        );
        expect(later(described("field", "gone", {}))).to.equal(`MV126 fields: ${message("gone")}`);
    });
});
