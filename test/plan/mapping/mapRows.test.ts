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
const told = (given: Case) => map(given).findings.map(({ code, path }) => `${code} ${path}`);
/** The source of the third column, which the cases are about. */
const third = (given: Case) => map(given).mapping.columns[2]!.source;
const withText = (given: Partial<Field>) => ({ fields: [id, vector, { ...text, ...given }] });
const withNew = (given: Field) => ({ fields: [id, vector, given, text] });

describe("a row on its way", () => {
    it("is carried as it is", () => {
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
            ["an empty text", { ...text, name: "lang" }, ""],
            ["zero", field({ name: "n", dataType: "Int8" }), 0],
            ["false", field({ name: "b", dataType: "Bool" }), false],
            ["an empty object", field({ name: "j", dataType: "JSON" }), {}],
            ["an empty list", field({ name: "l", dataType: "Array", elementType: "Int64" }), []],
            [
                "a vector that is given",
                { ...image, backfill: [0, 0, 0, 0, 0, 0, 0, 1] },
                [0, 0, 0, 0, 0, 0, 0, 1],
            ],
        ];
        for (const [what, added, value] of values) {
            it(`gets ${what}`, () => {
                expect(third({ after: withNew(added) })).to.deep.equal({ kind: "constant", value });
                expect(told({ after: withNew(added) })).to.deep.equal([]);
            });
        }

        it("gets NULL where that is allowed, or asked for beside a default", () => {
            const nullable = { ...text, name: "lang", nullable: true };
            expect(third({ after: withNew(nullable) })).to.deep.equal({ kind: "null" });
            const asked = { ...nullable, defaultValue: "de", backfill: null };
            expect(third({ after: withNew(asked) })).to.deep.equal({ kind: "null" });
        });

        it("has no vector of its own, and no place or time", () => {
            expect(told({ after: withNew(image) })).to.deep.equal(["MV103 fields[2]"]);
            const place = field({ name: "place", dataType: "Geometry" });
            expect(told({ after: withNew(place) })).to.deep.equal(["MV105 fields[2]"]);
            const time = field({ name: "time", dataType: "Timestamptz" });
            expect(told({ after: withNew(time) })).to.deep.equal(["MV105 fields[2]"]);
        });

        it("leaves to a function what a function makes", () => {
            expect(third({ after: { ...withNew(sparse), functions: [bm25] } })).to.deep.equal({
                kind: "omit",
            });
            expect(told({ after: { ...withNew(sparse), functions: [bm25] } })).to.deep.equal([]);
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
                return told({ before, after: given, server: servers[server]!, statistics });
            };

            it("leaves that where it is on a server that keeps both, and says so", () => {
                expect(found("milvus-2.3.5", after)).to.deep.equal(["MV130 fields"]);
                expect(found("milvus-2.3.5", after, 3)).to.deep.equal(["MV130 fields"]);
            });

            for (const server of ["milvus-lite-3.2.2", "milvus-2.6.18"]) {
                it(`refuses rows that hold it on ${server}, for there it would not stay`, () => {
                    expect(found(server, after, 3)).to.deep.equal(["MV144 fields[2]"]);
                    expect(found(server, after)).to.deep.equal(["MV145 fields[2]"]);
                    const renamed = { ...withText({ name: "lang", previousName: "text" }), ...before };
                    expect(found(server, renamed, 3)).to.deep.equal(["MV144 fields[2]"]);
                });
            }

            it("drops it where the program allows that by name, and nowhere else", () => {
                expect(map({ before, after }).mapping.droppedDynamicKeys).to.equal(undefined);
                expect(map({ before, after: allowed }).mapping.droppedDynamicKeys).to.deep.equal(["lang"]);
                expect(found("milvus-2.3.5", allowed, 3)).to.deep.equal(["MV144 fields[2]"]);
            });

            it("is no matter where no row holds it, or the field takes it over", () => {
                for (const server of Object.keys(servers))
                    expect(found(server, after, 0), server).to.deep.equal([]);
                const taken = { ...withNew({ ...text, name: "lang", from: "$meta.lang" }), ...before };
                expect(found("milvus-lite-3.2.2", taken)).to.deep.equal(["MV134 fields[2].from"]);
            });
        });

        describe("of JSON", () => {
            const json = field({ name: "data", dataType: "JSON" });
            const found = (server: string, given: Partial<typeof json>) =>
                told({ after: withNew({ ...json, ...given }), server: servers[server]! });

            it("gets only what the server stores", () => {
                expect(found("milvus-2.3.5", { backfill: {} })).to.deep.equal([]);
                expect(found("milvus-2.3.5", { backfill: [1] })).to.deep.equal(["MV146 fields[2]"]);
                expect(found("milvus-lite-3.2.2", { backfill: [1] })).to.deep.equal([]);
                expect(found("milvus-lite-3.2.2", { backfill: 1 })).to.deep.equal(["MV146 fields[2]"]);
                expect(found("milvus-lite-2.5.1", { backfill: 1 })).to.deep.equal([]);
            });
        });

        it("is told when the previous name is a typing error", () => {
            const after = withText({ name: "body", previousName: "txet" });
            expect(told({ after })).to.deep.equal(["MV101 fields", "MV102 fields[2].previousName"]);
        });
    });

    describe("from a field that goes or changes", () => {
        it("loses the values of a field that is left out", () => {
            const { mapping, findings } = map({ after: { fields: [id, vector] } });
            expect(mapping.dropped).to.deep.equal(["text"]);
            expect(findings.map(({ code }) => code)).to.deep.equal(["MV101"]);
        });

        it("is warned of a field that only the server knows", () => {
            const source = recorded(collection());
            const extra = { ...field({ name: "legacy", dataType: "Int64" }), isFunctionOutput: false };
            expect(told({ observed: { fields: [...source.fields, extra] } })).to.deep.equal(["MV128 fields"]);
        });

        it("follows a rename", () => {
            const { mapping, findings } = map({ after: withText({ name: "body", previousName: "text" }) });
            expect(mapping.columns[2]!.source).to.deep.include({ kind: "carry" });
            expect(mapping.dropped).to.deep.equal([]);
            expect(findings).to.deep.equal([]);
        });

        it("is converted where every value has one that means the same", () => {
            const after = withText({ dataType: "Array", elementType: "VarChar", maxCapacity: 4 });
            expect(third({ after })).to.deep.include({ kind: "convert", conversion: { kind: "exact" } });
            expect(told({ after })).to.deep.equal([]);
            expect(map({ after }).mapping.dropped).to.deep.equal([]);
        });

        it("is warned of where a value may not convert, and keeps the backfill for NULL", () => {
            const after = withText({ dataType: "Int64", maxLength: undefined, backfill: 7 });
            expect(third({ after })).to.deep.include({ kind: "convert" });
            expect(third({ before: withText({ nullable: true }), after })).to.deep.include({ nulls: 7 });
            expect(told({ after })).to.deep.equal(["MV134 fields[2]"]);
        });

        it("keeps the backfill for JSON's null, that a field holds without being nullable", () => {
            const before = withText({ dataType: "JSON", maxLength: undefined });
            expect(third({ before, after: withText({ backfill: "-" }) })).to.deep.include({ nulls: "-" });
            const after = withText({ dataType: "JSON", maxLength: undefined, backfill: {} });
            expect(third({ before, after })).to.not.include.keys("nulls");
        });

        it("is refused where the values would lose precision, and says what to write to allow it", () => {
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

        it("is refused where nothing converts, as a vector of another dimension", () => {
            const after = { fields: [id, { ...vector, dim: 16 }, text] };
            expect(told({ after })).to.deep.equal(["MV106 fields[1]"]);
            const place = withText({ dataType: "Geometry", maxLength: undefined });
            expect(told({ after: place })).to.deep.equal(["MV106 fields[2]"]);
        });

        it("gives up the old values where a backfill replaces what nothing converts", () => {
            const after = withText({ dataType: "Geometry", maxLength: undefined, backfill: "POINT (1 2)" });
            expect(third({ after })).to.deep.equal({ kind: "constant", value: "POINT (1 2)" });
            expect(told({ after })).to.deep.equal(["MV107 fields[2]"]);
            expect(map({ after }).mapping.dropped).to.deep.equal(["text"]);
        });

        it("is warned where it may not fit any more, and not where there is more room", () => {
            expect(told({ after: withText({ maxLength: 64 }) })).to.deep.equal(["MV104 fields[2].maxLength"]);
            expect(told({ after: withText({ maxLength: 1024 }) })).to.deep.equal([]);
        });

        it("is refused where rows were counted that do not fit, and not told of where all do", () => {
            const after = withText({ maxLength: 64 });
            const counted = (rows: number) =>
                map({ after, statistics: { tooLong: { text: rows } } }).findings;
            expect(counted(1)[0]).to.deep.include({
                code: "MV131",
                severity: "error",
                message: "1 row holds a text longer than 64.",
            });
            expect(counted(0)).to.deep.equal([]);
        });

        it("tells how many rows lose a value, and nothing where none does", () => {
            const lost = (rows: number) =>
                map({ after: { fields: [id, vector] }, statistics: { held: { text: rows } } }).findings;
            expect(lost(1_200)[0]!.message).to.equal(
                "text is left out of the program, its values in 1,200 rows are lost.",
            );
            expect(lost(0)).to.deep.equal([]);
        });

        it("cannot read what BM25 made, and can read an embedding", () => {
            const kept = { ...sparse, name: "out" };
            const before = { fields: [id, vector, kept, text] };
            const made = { ...bm25, outputFieldNames: ["out"] };
            expect(told({ before: { ...before, functions: [made] }, after: before })).to.deep.equal([
                "MV125 fields[2]",
            ]);
            const embedding = { ...made, type: "TextEmbedding" };
            expect(told({ before: { ...before, functions: [embedding] }, after: before })).to.deep.equal([]);
        });

        it("is warned when a function takes over a field that had values of its own", () => {
            const fields = [id, vector, sparse, text];
            expect(told({ before: { fields }, after: { fields, functions: [bm25] } })).to.deep.equal([
                "MV107 fields[2]",
            ]);
        });
    });

    describe("with NULL in it", () => {
        const before = withText({ nullable: true });

        it("makes the copy fail where NULL is no longer allowed", () => {
            expect(told({ before })).to.deep.equal(["MV108 fields[2].nullable"]);
        });

        it("gets the backfill, or else the default, where NULL is no longer allowed", () => {
            const filled = { before, after: withText({ backfill: "-", defaultValue: "+" }) };
            expect(third(filled)).to.deep.include({ kind: "carry", nulls: "-" });
            expect(third({ before, after: withText({ defaultValue: "+" }) })).to.deep.include({ nulls: "+" });
            expect(told(filled)).to.deep.equal([]);
        });

        it("gets the default of a field that has one now", () => {
            const after = withText({ nullable: true, defaultValue: "-" });
            expect(told({ before, after })).to.deep.equal(["MV109 fields[2].defaultValue"]);
            expect(told({ before: after, after })).to.deep.equal([]);
        });
    });

    describe("out of JSON", () => {
        const dynamic = { enableDynamicField: true };
        const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8, from: "$meta.lang" });
        const data = field({ name: "data", dataType: "JSON" });

        it("takes a new field's value from a dynamic key, which is then no namesake", () => {
            const given = { before: dynamic, after: { ...withNew(lang), ...dynamic } };
            expect(third(given)).to.deep.equal({
                kind: "extract",
                from: "$meta",
                path: ["lang"],
                missing: "",
            });
            expect(told(given)).to.deep.equal(["MV134 fields[2].from"]);
        });

        it("takes it from a JSON field, and fills the rows that lack it as the program says", () => {
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

        it("is refused where there is no such JSON, or none that becomes the type", () => {
            expect(told({ after: withNew(lang) })).to.deep.equal(["MV137 fields[2].from"]);
            expect(told({ after: withNew({ ...lang, from: "text.lang" }) })).to.deep.equal([
                "MV137 fields[2].from",
            ]);
            const place = field({ name: "place", dataType: "Geometry", from: "$meta.place" });
            expect(told({ before: dynamic, after: { ...withNew(place), ...dynamic } })).to.deep.equal([
                "MV153 fields[2].from",
            ]);
        });

        it("is of no more meaning once the field is there", () => {
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

        it("goes what is left out and demoted, and is no loss", () => {
            const { mapping, findings } = map({ after: movingToDynamicField("text") });
            expect(mapping.movedToDynamicField!.map(({ name }) => name)).to.deep.equal(["text"]);
            expect(mapping).to.deep.include({ dropped: [], dynamic: "empty" });
            expect(findings).to.deep.equal([]);
        });

        it("goes no vector", () => {
            const image = field({ name: "image", dataType: "FloatVector", dim: 4 });
            const before = { fields: [id, vector, image] };
            expect(told({ before, after: movingToDynamicField("image") })).to.deep.equal([
                "MV138 migration.moveToDynamicField",
            ]);
        });

        it("goes nothing a second time", () => {
            const given = { before: movingToDynamicField("text"), after: movingToDynamicField("text") };
            expect(map(given).mapping.movedToDynamicField).to.equal(undefined);
            expect(told(given)).to.deep.equal([]);
        });
    });

    describe("through a transform", () => {
        const transform = { migration: { ...collection().migration, transform: embed } };
        const made = (fields: Field[]) => map({ after: { fields, ...transform } }).mapping.transform;

        it("gets what nothing else can make: another dimension, and new fields that say no value", () => {
            const wide = { ...vector, dim: 16 };
            const added = field({ name: "lang", dataType: "VarChar", maxLength: 8, nullable: true });
            expect(made([id, wide, image, added, text])).to.deep.equal({
                ...embed,
                fields: ["vector", "image", "lang"],
            });
            expect(told({ after: { fields: [id, wide, text], ...transform } })).to.deep.equal([]);
        });

        it("leaves alone what is carried, converted, given up or filled", () => {
            const price = field({ name: "price", dataType: "Int8", backfill: 1 });
            expect(made([id, vector, { ...text, dataType: "JSON" }, price])).to.equal(undefined);
            expect(made([id, { ...vector, dim: 2, backfill: [0, 1] }, text])).to.equal(undefined);
        });
    });

    describe("by its key", () => {
        const auto = { fields: [{ ...id, autoId: true }, vector, text] };

        it("is refused another key, or a key of another type", () => {
            const uid = { ...id, name: "uid" };
            expect(told({ after: { fields: [uid, vector, text] } })).to.include("MV110 fields[0]");
            const typed = { ...id, dataType: "VarChar" as const, maxLength: 64 };
            expect(told({ after: { fields: [typed, vector, text] } })).to.deep.equal(["MV110 fields[0]"]);
        });

        it("keeps it under another name", () => {
            const uid = { ...id, name: "uid", previousName: "id" };
            const { mapping, findings } = map({ after: { fields: [uid, vector, text] } });
            expect(mapping.key).to.deep.include({ from: "id", to: "uid" });
            expect(findings).to.deep.equal([]);
        });

        it("keeps a key that a server made, where the new server takes it", () => {
            expect(map({ before: auto, after: auto }).mapping.columns[0]!.source.kind).to.equal("carry");
            const { findings } = map({ before: auto, after: auto, server: { insertAutoId: false } });
            expect(findings.map(({ code }) => code)).to.deep.equal(["MV111"]);
            expect(findings[0]!.fix).to.contain('migration.primaryKeys: "regenerate"');
        });

        it("gets a new key when the program says so", () => {
            const given = {
                before: auto,
                after: { ...auto, ...regenerate },
                server: { insertAutoId: false },
            };
            expect(map(given).mapping.columns[0]!.source).to.deep.equal({ kind: "omit" });
            expect(map(given).mapping.key.regenerate).to.equal(true);
            expect(told(given)).to.deep.equal(["MV112 migration.primaryKeys"]);
        });

        it("cannot get a new key where nothing makes one", () => {
            expect(told({ after: regenerate })).to.deep.equal(["MV113 migration.primaryKeys"]);
        });
    });

    it("loses its dynamic values with the dynamic field, and gets none to begin with", () => {
        const dynamic = { enableDynamicField: true };
        expect(map({ before: dynamic }).mapping.dynamic).to.equal("drop");
        expect(told({ before: dynamic })).to.deep.equal(["MV114 enableDynamicField"]);
        expect(map({ before: dynamic, after: dynamic }).mapping.dynamic).to.equal("carry");
        expect(map({ after: dynamic }).mapping.dynamic).to.equal("empty");
    });

    it("is refused on a server without nullable fields and defaults", () => {
        const after = withText({ nullable: true, defaultValue: "-" });
        expect(told({ before: after, after, server: { nullable: false } })).to.deep.equal([
            "MV115 fields[2].nullable",
            "MV154 fields[2].defaultValue",
        ]);
    });

    describe("in a partition", () => {
        it("stays in it, also where the program never declared it", () => {
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
            expect(told(given)).to.deep.equal(["MV117 partitions"]);
        });

        it("goes with the partition that the program leaves out", () => {
            const given = { before: { partitions: ["a", "b"] }, after: { partitions: ["a"] } };
            expect(map(given).partitions).to.deep.equal({
                kind: "by-name",
                carried: ["_default", "a"],
                dropped: ["b"],
            });
            expect(told(given)).to.deep.equal(["MV118 partitions"]);
        });

        it("goes where the partition key says", () => {
            const keyed = withText({ isPartitionKey: true });
            expect(map({ before: { partitions: ["a"] }, after: keyed }).partitions).to.deep.equal({
                kind: "together",
            });
            expect(told({ before: { partitions: ["a"] }, after: keyed })).to.deep.equal(["MV119 partitions"]);
            expect(told({ before: keyed, after: keyed })).to.deep.equal([]);
            expect(told({ before: keyed })).to.deep.equal(["MV119 partitions"]);
        });
    });
});
