import { expect } from "chai";

import { diffCollection } from "../../../provider/plan/diff/diff";
import { bm25, collection, field, hnsw, id, text, vector } from "../arbitrary";
import { base, edits, type Given, server, withText } from "../edits";

describe("a changed program", () => {
    for (const [kind, [before, after, expected]] of Object.entries(edits)) {
        it(`is ${kind}, and nothing else`, () => {
            expect(diffCollection(collection(before), collection(after))).to.deep.equal([
                { kind, ...expected },
            ]);
        });
    }

    const settings: [string, Given, Given][] = [
        ["backfill", withText({ backfill: "-" }), {}],
        ["previousName", withText({ previousName: "body" }), {}],
        ["migration", { migration: { ...collection().migration, verify: "count" } }, {}],
        ["adopt", { adopt: true }, {}],
        ["shardsNum", { shardsNum: 2 }, {}],
        ["numPartitions", { numPartitions: 64 }, {}],
        ["connection", { connection: server }, { connection: { ...server, token: "new" } }],
    ];
    for (const [name, before, after] of settings) {
        it(`is state-only when only ${name} changed`, () => {
            expect(diffCollection(collection(before), collection(after))).to.deep.equal([
                { kind: "state-only", arguments: [name] },
            ]);
        });
    }

    it("drops no index of a field that an interrupted run has added", () => {
        const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8, nullable: true });
        const onLang = { field: "lang", name: "lang", indexType: "AUTOINDEX", params: {} };
        const onDynamic = { field: '$meta["lang"]', name: "dynamic", indexType: "INVERTED", params: {} };
        const [fields, indexes] = [collection().fields, [onLang, onDynamic]];
        // What the server has counts as deployed where it gives an index by itself.
        const changes = diffCollection(
            collection({ fields, indexes }),
            collection({ fields: [...fields, lang], indexes }),
        );
        expect(changes.map(({ kind }) => kind)).to.deep.equal(["add-field"]);
    });

    it("treats the database of the connection like the database argument", () => {
        const on = (database: string) => collection({ connection: { ...server, database } });
        const moved = { kind: "alter-database", from: "a", to: "b" };
        expect(diffCollection(on("a"), on("b"))).to.deep.equal([moved]);
        expect(diffCollection(on("a"), collection({ connection: server, database: "b" }))).to.deep.equal([
            moved,
        ]);
        const same = collection({ connection: server, database: "a" });
        expect(diffCollection(on("a"), same)).to.deep.equal([
            { kind: "state-only", arguments: ["database", "connection"] },
        ]);
    });

    it("includes a rename and each change of the same field", () => {
        const after = withText({ name: "body", previousName: "text", maxLength: 64, nullable: true });
        expect(diffCollection(collection(), collection(after)).map(({ kind }) => kind)).to.have.members([
            "rename-field",
            "resize-field",
            "alter-nullable",
        ]);
    });

    it("does not change the index and the function of a renamed field", () => {
        const index = { ...hnsw, field: "text", name: "text", indexType: "INVERTED" };
        const before = collection({ functions: [bm25], indexes: [hnsw, index] });
        const after = collection({
            ...withText({ name: "body", previousName: "text" }),
            functions: [{ ...bm25, inputFieldNames: ["body"] }],
            indexes: [hnsw, { ...index, field: "body", name: "body" }],
        });
        expect(diffCollection(before, after)).to.deep.equal([
            { kind: "rename-field", from: "text", to: "body" },
        ]);
    });

    it("does not list the index of an added or dropped field", () => {
        const image = field({ name: "image", dataType: "FloatVector", dim: 8 });
        const after = collection({
            fields: [...base, text, image],
            indexes: [hnsw, { ...hnsw, field: "image", name: "image" }],
        });
        expect(diffCollection(collection(), after).map(({ kind }) => kind)).to.deep.equal(["add-field"]);
        expect(diffCollection(after, collection()).map(({ kind }) => kind)).to.deep.equal(["drop-field"]);
    });

    it("treats a Struct with another field as another type", () => {
        const part = { name: "page", dataType: "Int64" as const, description: "" };
        const chunks = field({ name: "chunks", dataType: "Array", elementType: "Struct", fields: [part] });
        const after = { ...chunks, fields: [{ ...part, dataType: "Int32" as const }] };
        expect(
            diffCollection(
                collection({ fields: [...base, chunks] }),
                collection({ fields: [...base, after] }),
            ),
        ).to.deep.equal([
            {
                kind: "retype-field",
                field: "chunks",
                from: "Array<Struct(page Int64)>",
                to: "Array<Struct(page Int32)>",
            },
        ]);
    });

    const kinds = (before: Given, after: Given) =>
        diffCollection(collection(before), collection(after)).map(({ kind }) => kind);

    it("is no change of what stays beside it", () => {
        const before = { properties: { a: "1", b: "2" }, partitions: ["x", "y"], numPartitions: 64 };
        const after = { properties: { a: "1", b: "3" }, partitions: ["x", "z"], numPartitions: 64 };
        expect(diffCollection(collection(before), collection(after))).to.deep.equal([
            { kind: "set-property", key: "b", from: "2", to: "3" },
            { kind: "add-partition", partition: "z" },
            { kind: "drop-partition", partition: "y" },
        ]);
    });

    it("includes a key that a new field has", () => {
        const tenant = field({ name: "tenant", dataType: "Int64", isPartitionKey: true });
        expect(kinds({}, { fields: [...base, text, tenant] })).to.have.members([
            "add-field",
            "alter-partition-key",
        ]);
        expect(kinds({ fields: [...base, text, tenant] }, {})).to.have.members([
            "drop-field",
            "alter-partition-key",
        ]);
    });

    it("lists another capacity of an Array, and no size beside another type", () => {
        const tags = field({ name: "tags", dataType: "Array", elementType: "Int64", maxCapacity: 8 });
        expect(
            diffCollection(
                collection({ fields: [...base, tags] }),
                collection({ fields: [...base, { ...tags, maxCapacity: 16 }] }),
            ),
        ).to.deep.equal([{ kind: "resize-field", field: "tags", limit: "maxCapacity", from: 8, to: 16 }]);
        const half = { ...vector, dataType: "Float16Vector" as const, dim: 4 };
        expect(kinds({}, { fields: [id, half, text] })).to.deep.equal(["retype-field"]);
    });

    it("describes a field of a Struct, in any order of its fields", () => {
        const part = (name: string, description: string) => ({
            name,
            dataType: "Int64" as const,
            description,
        });
        const chunks = (...fields: ReturnType<typeof part>[]) => ({
            fields: [...base, field({ name: "chunks", dataType: "Array", elementType: "Struct", fields })],
        });
        const before = chunks(part("page", ""), part("line", "The line"));
        expect(kinds(before, chunks(part("line", "The line"), part("page", "")))).to.deep.equal([]);
        expect(
            diffCollection(
                collection(before),
                collection(chunks(part("page", "The page"), part("line", "The line"))),
            ),
        ).to.deep.equal([{ kind: "describe-part", part: "field", name: "chunks" }]);
        // The same descriptions on other fields.
        expect(kinds(before, chunks(part("page", "The line"), part("line", "")))).to.deep.equal([
            "describe-part",
        ]);
    });

    it("describes a function, and alters it for anything else", () => {
        expect(
            diffCollection(
                collection({ functions: [bm25] }),
                collection({ functions: [{ ...bm25, description: "Words" }] }),
            ),
        ).to.deep.equal([{ kind: "describe-part", part: "function", name: "bm25" }]);
        const other = { ...bm25, description: "Words", params: { b: 0.5 } };
        expect(kinds({ functions: [bm25] }, { functions: [other] })).to.deep.equal(["alter-function"]);
    });

    it("keeps the default index of a load that it takes away, and no other index", () => {
        const brought = { ...hnsw, indexType: "AUTOINDEX", params: {} };
        const released = { load: undefined, indexes: [] };
        expect(kinds({ indexes: [brought] }, released)).to.deep.equal(["alter-load"]);
        expect(kinds({ indexes: [hnsw] }, released)).to.deep.equal(["drop-index", "alter-load"]);
        expect(kinds({ indexes: [brought] }, { indexes: [] })).to.deep.equal(["drop-index"]);
    });

    it("keeps the name that the program gives to the index of a renamed field", () => {
        const index = { ...hnsw, field: "text", name: "by_text", indexType: "INVERTED" };
        const renamed = withText({ name: "body", previousName: "text" });
        const before = { indexes: [hnsw, index] };
        expect(kinds(before, { ...renamed, indexes: [hnsw, { ...index, field: "body" }] })).to.deep.equal([
            "rename-field",
        ]);
        const other = { ...renamed, indexes: [hnsw, { ...index, field: "body", name: "body" }] };
        expect(kinds(before, other)).to.deep.equal(["rename-field", "drop-index", "add-index"]);
    });

    it("is a move to another server, whatever credentials that one takes", () => {
        expect(
            kinds({ connection: server }, { connection: { ...server, address: "b:19530", token: "new" } }),
        ).to.deep.equal(["alter-connection"]);
    });

    it("is state-only for another value of a hint, for null, and for the same value on another field", () => {
        const hints = (backfill: Given["fields"]) => ({ fields: [...base, ...backfill!] });
        const [a, b] = ["a", "b"].map((name) => field({ name, dataType: "VarChar", nullable: true }));
        const stateOnly = [{ kind: "state-only", arguments: ["backfill"] }];
        const diff = (before: Given["fields"], after: Given["fields"]) =>
            diffCollection(collection(hints(before)), collection(hints(after)));
        expect(diff([{ ...a!, backfill: "x" }], [{ ...a!, backfill: "y" }])).to.deep.equal(stateOnly);
        expect(diff([a!], [{ ...a!, backfill: null }])).to.deep.equal(stateOnly);
        expect(diff([{ ...a!, backfill: "x" }, b!], [a!, { ...b!, backfill: "x" }])).to.deep.equal(stateOnly);
        expect(
            diff(
                [
                    { ...a!, backfill: "x" },
                    { ...b!, backfill: "x" },
                ],
                [
                    { ...b!, backfill: "x" },
                    { ...a!, backfill: "x" },
                ],
            ),
        ).to.deep.equal([]);
    });
});
