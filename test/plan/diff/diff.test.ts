import { expect } from "chai";

import { diffCollection } from "../../../provider/plan/diff/diff";
import { bm25, collection, field, hnsw, text } from "../arbitrary";
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
});
