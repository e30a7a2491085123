import { expect } from "chai";

import type { Collection, Field } from "../../../provider/inputs/schema/collection";
import type { Capabilities, RowStatistics, ObservedCollection } from "../../../provider/observe/state";
import { currentServer, recorded } from "../../../provider/plan/offline";
import type { MappedRows } from "../../../provider/plan/mapping/mapRows";
import { mapRows } from "../../../provider/plan/mapping/mapRows";
import { bm25, collection, embed, field, id, text, vector } from "../arbitrary";
import { servers } from "../servers";

const regenerate = { migration: { ...collection().migration, primaryKeys: "regenerate" as const } };
const image = field({ name: "image", dataType: "FloatVector", dim: 8 });
const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });

interface Case {
    before?: Partial<Collection>;
    after?: Partial<Collection>;
    server?: Partial<Capabilities>;
    observed?: Partial<ObservedCollection>;
    statistics?: RowStatistics;
}

function map({ before = {}, after = {}, server = {}, observed = {}, statistics = {} }: Case): MappedRows {
    const deployed = collection(before);
    const source = { ...recorded(deployed), ...observed };
    const capabilities = { ...currentServer, server: "milvus 2.3.5", ...server };
    return mapRows({ source, deployed, target: collection(after), capabilities, statistics });
}

/** The findings of a case, as `code path`. */
const reported = (given: Case) => map(given).findings.map(({ code, path }) => `${code} ${path}`);
/** The source of the third column, which the cases are about. */
const third = (given: Case) => map(given).mapping.columns[2]!.source;
const withText = (given: Partial<Field>) => ({ fields: [id, vector, { ...text, ...given }] });
const withNew = (given: Field) => ({ fields: [id, vector, given, text] });

describe("a mapped row", () => {
    it("is carried over as it is", () => {
        const { mapping, findings } = map({});
        expect(mapping.columns.map(({ source }) => source.kind)).to.deep.equal(["carry", "carry", "carry"]);
        expect(mapping.key).to.deep.equal({ from: "id", to: "id", dataType: "Int64", regenerate: false });
        expect(mapping).to.deep.include({ dropped: [], dynamic: "none" });
        expect(findings).to.deep.equal([]);
    });

    describe("into a new field", () => {
        const values: [string, Field, unknown][] = [
            ["its backfill", { ...text, name: "lang", defaultValue: "de", backfill: "en" }, "en"],
            ["its default", { ...text, name: "lang", nullable: true, defaultValue: "de" }, "de"],
            ["an empty string", { ...text, name: "lang" }, ""],
            ["zero", field({ name: "n", dataType: "Int8" }), 0],
            ["false", field({ name: "b", dataType: "Bool" }), false],
            ["an empty object", field({ name: "j", dataType: "JSON" }), {}],
            ["an empty list", field({ name: "l", dataType: "Array", elementType: "Int64" }), []],
            [
                "a vector as its backfill",
                { ...image, backfill: [0, 0, 0, 0, 0, 0, 0, 1] },
                [0, 0, 0, 0, 0, 0, 0, 1],
            ],
        ];
        for (const [what, added, value] of values) {
            it(`gets ${what}`, () => {
                expect(third({ after: withNew(added) })).to.deep.equal({ kind: "constant", value });
                expect(reported({ after: withNew(added) })).to.deep.equal([]);
            });
        }

        it("gets NULL if the field is nullable, or if backfill is null beside a default", () => {
            const nullable = { ...text, name: "lang", nullable: true };
            expect(third({ after: withNew(nullable) })).to.deep.equal({ kind: "null" });
            const asked = { ...nullable, defaultValue: "de", backfill: null };
            expect(third({ after: withNew(asked) })).to.deep.equal({ kind: "null" });
        });

        it("has no zero value for vectors, Geometry and Timestamptz", () => {
            expect(reported({ after: withNew(image) })).to.deep.equal(["MV103 fields[2]"]);
            const place = field({ name: "place", dataType: "Geometry" });
            expect(reported({ after: withNew(place) })).to.deep.equal(["MV105 fields[2]"]);
            const time = field({ name: "time", dataType: "Timestamptz" });
            expect(reported({ after: withNew(time) })).to.deep.equal(["MV105 fields[2]"]);
        });

        it("gets no value where a function fills the field", () => {
            expect(third({ after: { ...withNew(sparse), functions: [bm25] } })).to.deep.equal({
                kind: "omit",
            });
            expect(reported({ after: { ...withNew(sparse), functions: [bm25] } })).to.deep.equal([]);
        });

        describe("whose name is a key of the dynamic field", () => {
            const before = { enableDynamicField: true };
            const after = { ...withNew({ ...text, name: "lang" }), ...before };
            const allowed = {
                ...after,
                migration: { ...collection().migration, allow: ["drop:$meta.lang"] },
            };
            const found = (server: string, given: Partial<Collection>, rows?: number) => {
                const statistics = rows === undefined ? {} : { dynamicKeyCollisions: { lang: rows } };
                return reported({ before, after: given, server: servers[server]!, statistics });
            };

            it("keeps the dynamic key on a server that stores both, with a note", () => {
                expect(found("milvus-2.3.5", after)).to.deep.equal(["MV130 fields"]);
                expect(found("milvus-2.3.5", after, 3)).to.deep.equal(["MV130 fields"]);
            });

            for (const server of ["milvus-lite-3.2.2", "milvus-2.6.18"]) {
                it(`is blocked on ${server} if rows hold the key, because it would not stay`, () => {
                    expect(found(server, after, 3)).to.deep.equal(["MV144 fields[2]"]);
                    expect(found(server, after)).to.deep.equal(["MV145 fields[2]"]);
                    const renamed = { ...withText({ name: "lang", previousName: "text" }), ...before };
                    expect(found(server, renamed, 3)).to.deep.equal(["MV144 fields[2]"]);
                });
            }

            it("drops the key only if the program allows it by name", () => {
                expect(map({ before, after }).mapping.droppedDynamicKeys).to.equal(undefined);
                expect(map({ before, after: allowed }).mapping.droppedDynamicKeys).to.deep.equal(["lang"]);
                expect(found("milvus-2.3.5", allowed, 3)).to.deep.equal(["MV144 fields[2]"]);
            });

            it("has no finding if no row holds the key, or if the field takes its values", () => {
                for (const server of Object.keys(servers))
                    expect(found(server, after, 0), server).to.deep.equal([]);
                const taken = { ...withNew({ ...text, name: "lang", from: "$meta.lang" }), ...before };
                expect(found("milvus-lite-3.2.2", taken)).to.deep.equal(["MV134 fields[2].from"]);
            });
        });

        describe("of JSON", () => {
            const json = field({ name: "data", dataType: "JSON" });
            const found = (server: string, given: Partial<typeof json>) =>
                reported({ after: withNew({ ...json, ...given }), server: servers[server]! });

            it("gets only JSON that the server stores", () => {
                expect(found("milvus-2.3.5", { backfill: {} })).to.deep.equal([]);
                expect(found("milvus-2.3.5", { backfill: [1] })).to.deep.equal(["MV146 fields[2]"]);
                expect(found("milvus-lite-3.2.2", { backfill: [1] })).to.deep.equal([]);
                expect(found("milvus-lite-3.2.2", { backfill: 1 })).to.deep.equal(["MV146 fields[2]"]);
                expect(found("milvus-lite-2.5.1", { backfill: 1 })).to.deep.equal([]);
            });
        });

        it("is reported if previousName is a typo", () => {
            const after = withText({ name: "body", previousName: "txet" });
            expect(reported({ after })).to.deep.equal(["MV101 fields", "MV102 fields[2].previousName"]);
        });
    });

    describe("from a field that is dropped or changes", () => {
        it("loses the values of an omitted field", () => {
            const { mapping, findings } = map({ after: { fields: [id, vector] } });
            expect(mapping.dropped).to.deep.equal(["text"]);
            expect(findings.map(({ code }) => code)).to.deep.equal(["MV101"]);
        });

        it("is blocked for a field that only the server has", () => {
            const source = recorded(collection());
            const extra = { ...field({ name: "legacy", dataType: "Int64" }), isFunctionOutput: false };
            expect(reported({ observed: { fields: [...source.fields, extra] } })).to.deep.equal([
                "MV128 fields",
            ]);
        });

        it("follows a rename", () => {
            const { mapping, findings } = map({ after: withText({ name: "body", previousName: "text" }) });
            expect(mapping.columns[2]!.source).to.deep.include({ kind: "carry" });
            expect(mapping.dropped).to.deep.equal([]);
            expect(findings).to.deep.equal([]);
        });

        it("is converted if every value converts exactly", () => {
            const after = withText({ dataType: "Array", elementType: "VarChar", maxCapacity: 4 });
            expect(third({ after })).to.deep.include({ kind: "convert", conversion: { kind: "exact" } });
            expect(reported({ after })).to.deep.equal([]);
            expect(map({ after }).mapping.dropped).to.deep.equal([]);
        });

        it("has a warning if a value may not convert, and keeps the backfill for NULL", () => {
            const after = withText({ dataType: "Int64", maxLength: undefined, backfill: 7 });
            expect(third({ after })).to.deep.include({ kind: "convert" });
            expect(third({ before: withText({ nullable: true }), after })).to.deep.include({ nulls: 7 });
            expect(reported({ after })).to.deep.equal(["MV134 fields[2]"]);
        });

        it("keeps the backfill for JSON null, also of a field that is not nullable", () => {
            const before = withText({ dataType: "JSON", maxLength: undefined });
            expect(third({ before, after: withText({ backfill: "-" }) })).to.deep.include({ nulls: "-" });
            const after = withText({ dataType: "JSON", maxLength: undefined, backfill: {} });
            expect(third({ before, after })).to.not.include.keys("nulls");
        });

        it("is blocked if values lose precision, with the text that allows it", () => {
            const half = { fields: [id, { ...vector, dataType: "Float16Vector" as const }, text] };
            expect(map({ after: half }).findings).to.deep.include({
                code: "MV133",
                severity: "error",
                path: "fields[1]",
                message: "Values of vector lose precision from FloatVector(8) to Float16Vector(8).",
                fix: "Keep FloatVector(8).",
                allow: "narrow:vector",
            });
        });

        it("is blocked if no conversion exists, as for another dimension", () => {
            const after = { fields: [id, { ...vector, dim: 16 }, text] };
            expect(reported({ after })).to.deep.equal(["MV106 fields[1]"]);
            const place = withText({ dataType: "Geometry", maxLength: undefined });
            expect(reported({ after: place })).to.deep.equal(["MV106 fields[2]"]);
        });

        it("drops the old values if a backfill replaces them", () => {
            const after = withText({ dataType: "Geometry", maxLength: undefined, backfill: "POINT (1 2)" });
            expect(third({ after })).to.deep.equal({ kind: "constant", value: "POINT (1 2)" });
            expect(reported({ after })).to.deep.equal(["MV107 fields[2]"]);
            expect(map({ after }).mapping.dropped).to.deep.equal(["text"]);
        });

        it("has a warning for a smaller limit, and none for a larger one", () => {
            expect(reported({ after: withText({ maxLength: 64 }) })).to.deep.equal([
                "MV104 fields[2].maxLength",
            ]);
            expect(reported({ after: withText({ maxLength: 1024 }) })).to.deep.equal([]);
        });

        it("is blocked if counted rows do not fit, and has no finding if all fit", () => {
            const after = withText({ maxLength: 64 });
            const counted = (rows: number) =>
                map({ after, statistics: { tooLong: { text: rows } } }).findings;
            expect(counted(1)[0]).to.deep.include({
                code: "MV131",
                severity: "error",
                message: "1 row holds a text longer than 64 bytes.",
            });
            expect(counted(0)).to.deep.equal([]);
        });

        it("reports how many rows lose a value, and nothing if none does", () => {
            const lost = (rows: number) =>
                map({ after: { fields: [id, vector] }, statistics: { held: { text: rows } } }).findings;
            expect(lost(1_200)[0]!.message).to.equal(
                "text is omitted from the program. Its values in 1,200 rows are lost.",
            );
            expect(lost(0)).to.deep.equal([]);
        });

        it("cannot read the output of BM25, but can read an embedding", () => {
            const kept = { ...sparse, name: "out" };
            const before = { fields: [id, vector, kept, text] };
            const made = { ...bm25, outputFieldNames: ["out"] };
            expect(reported({ before: { ...before, functions: [made] }, after: before })).to.deep.equal([
                "MV125 fields[2]",
            ]);
            const embedding = { ...made, type: "TextEmbedding" };
            expect(reported({ before: { ...before, functions: [embedding] }, after: before })).to.deep.equal(
                [],
            );
        });

        it("has a warning if a function fills a field that had values", () => {
            const fields = [id, vector, sparse, text];
            expect(reported({ before: { fields }, after: { fields, functions: [bm25] } })).to.deep.equal([
                "MV107 fields[2]",
            ]);
        });
    });

    describe("with NULL in it", () => {
        const before = withText({ nullable: true });

        it("has a warning if NULL is no longer allowed", () => {
            expect(reported({ before })).to.deep.equal(["MV108 fields[2].nullable"]);
        });

        it("gets the backfill, else the default, if NULL is no longer allowed", () => {
            const filled = { before, after: withText({ backfill: "-", defaultValue: "+" }) };
            expect(third(filled)).to.deep.include({ kind: "carry", nulls: "-" });
            expect(third({ before, after: withText({ defaultValue: "+" }) })).to.deep.include({ nulls: "+" });
            expect(reported(filled)).to.deep.equal([]);
        });

        it("gets the default of a field that has one now", () => {
            const after = withText({ nullable: true, defaultValue: "-" });
            expect(reported({ before, after })).to.deep.equal(["MV109 fields[2].defaultValue"]);
            expect(reported({ before: after, after })).to.deep.equal([]);
        });
    });

    describe("out of JSON", () => {
        const dynamic = { enableDynamicField: true };
        const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8, from: "$meta.lang" });
        const data = field({ name: "data", dataType: "JSON" });

        it("takes a new field's value from a dynamic key, which then does not collide", () => {
            const given = { before: dynamic, after: { ...withNew(lang), ...dynamic } };
            expect(third(given)).to.deep.equal({
                kind: "extract",
                from: "$meta",
                path: ["lang"],
                missing: "",
            });
            expect(reported(given)).to.deep.equal(["MV134 fields[2].from"]);
        });

        it("takes the value from a JSON field and fills the rows that lack it", () => {
            const before = { fields: [id, vector, text, data] };
            const author = { ...lang, from: 'data.author["full name"]' };
            const path = ["author", "full name"];
            const into = (more: Partial<Field>) =>
                third({ before, after: { fields: [id, vector, { ...author, ...more }, text, data] } });
            expect(into({ backfill: "-" })).to.deep.equal({
                kind: "extract",
                from: "data",
                path,
                missing: "-",
            });
            expect(into({ nullable: true })).to.deep.equal({ kind: "extract", from: "data", path });
        });

        it("is blocked if there is no such JSON, or if it does not convert to the type", () => {
            expect(reported({ after: withNew(lang) })).to.deep.equal(["MV137 fields[2].from"]);
            expect(reported({ after: withNew({ ...lang, from: "text.lang" }) })).to.deep.equal([
                "MV137 fields[2].from",
            ]);
            const place = field({ name: "place", dataType: "Geometry", from: "$meta.place" });
            expect(reported({ before: dynamic, after: { ...withNew(place), ...dynamic } })).to.deep.equal([
                "MV153 fields[2].from",
            ]);
        });

        it("has no effect once the field exists", () => {
            const before = withNew(lang);
            expect(third({ before, after: before }).kind).to.equal("carry");
        });
    });

    describe("into the dynamic field", () => {
        const movingToDynamicField = (...moveToDynamicField: string[]) => ({
            fields: [id, vector],
            enableDynamicField: true,
            migration: { ...collection().migration, moveToDynamicField },
        });

        it("moves an omitted field, which is no loss", () => {
            const { mapping, findings } = map({ after: movingToDynamicField("text") });
            expect(mapping.movedToDynamicField!.map(({ name }) => name)).to.deep.equal(["text"]);
            expect(mapping).to.deep.include({ dropped: [], dynamic: "empty" });
            expect(findings).to.deep.equal([]);
        });

        it("cannot move a vector", () => {
            const image = field({ name: "image", dataType: "FloatVector", dim: 4 });
            const before = { fields: [id, vector, image] };
            expect(reported({ before, after: movingToDynamicField("image") })).to.deep.equal([
                "MV138 migration.moveToDynamicField",
            ]);
        });

        it("moves a field only once", () => {
            const given = { before: movingToDynamicField("text"), after: movingToDynamicField("text") };
            expect(map(given).mapping.movedToDynamicField).to.equal(undefined);
            expect(reported(given)).to.deep.equal([]);
        });
    });

    describe("through a transform", () => {
        const transform = { migration: { ...collection().migration, transform: embed } };
        const made = (fields: Field[]) => map({ after: { fields, ...transform } }).mapping.transform;

        it("gets what nothing else can fill: another dimension, and new fields without a value", () => {
            const wide = { ...vector, dim: 16 };
            const added = field({ name: "lang", dataType: "VarChar", maxLength: 8, nullable: true });
            expect(made([id, wide, image, added, text])).to.deep.equal({
                ...embed,
                fields: ["vector", "image", "lang"],
            });
            expect(reported({ after: { fields: [id, wide, text], ...transform } })).to.deep.equal([]);
        });

        it("does not get what is carried over, converted, dropped or filled", () => {
            const price = field({ name: "price", dataType: "Int8", backfill: 1 });
            expect(made([id, vector, { ...text, dataType: "JSON" }, price])).to.equal(undefined);
            expect(made([id, { ...vector, dim: 2, backfill: [0, 1] }, text])).to.equal(undefined);
        });
    });

    describe("with its key", () => {
        const auto = { fields: [{ ...id, autoId: true }, vector, text] };

        it("is blocked for another key, or a key of another type", () => {
            const uid = { ...id, name: "uid" };
            expect(reported({ after: { fields: [uid, vector, text] } })).to.include("MV110 fields[0]");
            const typed = { ...id, dataType: "VarChar" as const, maxLength: 64 };
            expect(reported({ after: { fields: [typed, vector, text] } })).to.deep.equal(["MV110 fields[0]"]);
        });

        it("keeps it under another name", () => {
            const uid = { ...id, name: "uid", previousName: "id" };
            const { mapping, findings } = map({ after: { fields: [uid, vector, text] } });
            expect(mapping.key).to.deep.include({ from: "id", to: "uid" });
            expect(findings).to.deep.equal([]);
        });

        it("keeps a generated key if the server accepts it", () => {
            expect(map({ before: auto, after: auto }).mapping.columns[0]!.source.kind).to.equal("carry");
            const { findings } = map({ before: auto, after: auto, server: { insertAutoId: false } });
            expect(findings.map(({ code }) => code)).to.deep.equal(["MV111"]);
            expect(findings[0]!.fix).to.contain('migration.primaryKeys: "regenerate"');
        });

        it("gets a new key if the program asks for it", () => {
            const given = {
                before: auto,
                after: { ...auto, ...regenerate },
                server: { insertAutoId: false },
            };
            expect(map(given).mapping.columns[0]!.source).to.deep.equal({ kind: "omit" });
            expect(map(given).mapping.key.regenerate).to.equal(true);
            expect(reported(given)).to.deep.equal(["MV112 migration.primaryKeys"]);
        });

        it("cannot get a new key without autoId", () => {
            expect(reported({ after: regenerate })).to.deep.equal(["MV113 migration.primaryKeys"]);
        });
    });

    it("loses its dynamic values with the dynamic field, and starts with none", () => {
        const dynamic = { enableDynamicField: true };
        expect(map({ before: dynamic }).mapping.dynamic).to.equal("drop");
        expect(reported({ before: dynamic })).to.deep.equal(["MV114 enableDynamicField"]);
        expect(map({ before: dynamic, after: dynamic }).mapping.dynamic).to.equal("carry");
        expect(map({ after: dynamic }).mapping.dynamic).to.equal("empty");
    });

    it("is blocked on a server without nullable fields and defaults", () => {
        const after = withText({ nullable: true, defaultValue: "-" });
        expect(reported({ before: after, after, server: { nullable: false } })).to.deep.equal([
            "MV115 fields[2].nullable",
            "MV154 fields[2].defaultValue",
        ]);
    });

    describe("in a partition", () => {
        it("stays in it, even if the program never declared it", () => {
            const given = {
                before: { partitions: ["a"] },
                after: { partitions: ["a"] },
                observed: { partitions: ["_default", "a", "app"] },
            };
            expect(map(given).partitions).to.deep.equal({
                kind: "by-name",
                carried: ["_default", "a", "app"],
                dropped: [],
            });
            expect(reported(given)).to.deep.equal(["MV117 partitions"]);
        });

        it("is dropped with a partition that the program omits", () => {
            const given = { before: { partitions: ["a", "b"] }, after: { partitions: ["a"] } };
            expect(map(given).partitions).to.deep.equal({
                kind: "by-name",
                carried: ["_default", "a"],
                dropped: ["b"],
            });
            expect(reported(given)).to.deep.equal(["MV118 partitions"]);
        });

        it("is routed by the partition key", () => {
            const keyed = withText({ isPartitionKey: true });
            expect(map({ before: { partitions: ["a"] }, after: keyed }).partitions).to.deep.equal({
                kind: "together",
            });
            expect(reported({ before: { partitions: ["a"] }, after: keyed })).to.deep.equal([
                "MV119 partitions",
            ]);
            expect(reported({ before: keyed, after: keyed })).to.deep.equal([]);
            expect(reported({ before: keyed })).to.deep.equal(["MV119 partitions"]);
        });
    });
});
