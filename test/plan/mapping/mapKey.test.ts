import { expect } from "chai";

import type { Field } from "../../../provider/inputs/schema/collection";
import { collection, field, id, text, vector } from "../arbitrary";
import { mapped, said } from "./mapped";

const uid = field({ name: "uid", dataType: "VarChar", maxLength: 64, isPrimaryKey: true });
const regenerate = { migration: { ...collection().migration, primaryKeys: "regenerate" as const } };
const fields = (...given: Field[]) => ({ fields: given });

describe("the key of a copied row", () => {
    it("has the type of the source", () => {
        const texts = fields(uid, vector);
        expect(mapped({ before: texts, after: texts }).mapping.key).to.deep.equal({
            from: "uid",
            to: "uid",
            dataType: "VarChar",
            regenerate: false,
        });
    });

    it("cannot become another one, and the finding says which", () => {
        const fix = "Keep the primary key and its type, or declare a separate collection.";
        expect(said({ after: fields(vector, uid, text) })).to.deep.equal([
            `MV110 fields[1]: The primary key changes from id (Int64) to uid (VarChar). ${fix}`,
            'MV101 fields: id is omitted from the program. Its values are lost. Keep it in fields. If it was renamed, set previousName: "id" on the new field.',
        ]);
    });

    it("gets no finding and no values of its own where it cannot become another one", () => {
        const { mapping } = mapped({
            after: fields({ ...id, dataType: "VarChar", maxLength: 64 }, vector, text),
        });
        expect(mapping.columns.map(({ source }) => source.kind)).to.deep.equal(["omit", "carry", "carry"]);
        // Another finding about the key leaves its column as it is.
        const after = { ...fields(id, vector, text), ...regenerate };
        const kept = mapped({ after }).mapping;
        expect(kept.columns.map(({ source }) => source.kind)).to.deep.equal(["carry", "carry", "carry"]);
    });

    it("is missing on either side of an invalid schema, and nothing throws", () => {
        const bare = [{ ...id, isPrimaryKey: false }, vector, text];
        const keyOf = (given: Parameters<typeof mapped>[0]) =>
            said(given).filter((line) => line.includes("MV110"));
        const fix = "Keep the primary key and its type, or declare a separate collection.";
        expect(keyOf({ after: fields(...bare) })).to.deep.equal([
            `MV110 fields[0]: The primary key changes from id (Int64) to no key. ${fix}`,
        ]);
        expect(keyOf({ before: fields(...bare) })).to.deep.equal([
            `MV110 fields[0]: The primary key changes from no key to id (Int64). ${fix}`,
        ]);
        expect(keyOf({ before: fields(...bare), after: fields(...bare) })).to.deep.equal([
            `MV110 fields[0]: The primary key changes from no key to no key. ${fix}`,
        ]);
    });

    it("is made new only with autoId, and the finding says what that means", () => {
        const auto = { ...id, autoId: true };
        expect(said({ after: { ...fields(id, vector, text), ...regenerate } })).to.deep.equal([
            "MV113 migration.primaryKeys: Keys cannot be regenerated: id has no autoId. Omit primaryKeys.",
        ]);
        expect(said({ after: { ...fields(auto, vector, text), ...regenerate } })).to.deep.equal([
            "MV112 migration.primaryKeys: Every row gets a new primary key. Applications that store the old keys no longer find the rows.",
        ]);
        const server = { insertAutoId: false };
        expect(said({ after: fields(auto, vector, text), server })[0]).to.match(
            /^MV111 fields\[0\]\.autoId: milvus 2\.5\.4 generates the keys of id and does not accept those of existing rows\./,
        );
    });
});
