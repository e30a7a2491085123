import { expect } from "chai";

import type { Field } from "../../../provider/inputs/schema/collection";
import { hiddenKeys } from "../../../provider/plan/mapping/dynamicKeyCollision";
import { collection, field, id, text, vector } from "../arbitrary";
import { mapped, said } from "./mapped";

const { migration } = collection();
const dynamic = { enableDynamicField: true };
const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8 });
const tag = { ...lang, name: "tag" };

describe("a dynamic key with the name of a new field, which stays beside it", () => {
    const hidden = (fields: Field[], dynamicKeyCollisions?: Record<string, number>) =>
        hiddenKeys(fields, dynamicKeyCollisions === undefined ? {} : { dynamicKeyCollisions }).map(
            ({ code, path, message, fix }) =>
                `${code} ${path}: ${message}${fix === undefined ? "" : ` ${fix}`}`,
        );
    const move = 'To move them to the field, set from: "$meta.lang".';

    it("is said to stay, with its rows where they are counted", () => {
        expect(hidden([lang])).to.deep.equal([
            `MV130 fields: Values of the dynamic key lang, if any, stay in the dynamic field. ${move}`,
        ]);
        expect(hidden([lang], { lang: 3 })).to.deep.equal([
            `MV130 fields: Values of the dynamic key lang in 3 rows stay in the dynamic field. ${move}`,
        ]);
        expect(hidden([lang], { lang: 0 })).to.deep.equal([]);
        expect(hidden([])).to.deep.equal([]);
    });

    it("is named with the others, which have one finding", () => {
        expect(hidden([lang, tag], { lang: 3, tag: 4 })).to.deep.equal([
            "MV130 fields: Values of the dynamic keys lang, tag, if any, stay in the dynamic field.",
        ]);
        expect(hidden([lang, tag], { lang: 3, tag: 0 })).to.deep.equal([
            `MV130 fields: Values of the dynamic key lang in 3 rows stay in the dynamic field. ${move}`,
        ]);
    });

    it("cannot be moved to a renamed field", () => {
        expect(hidden([{ ...lang, previousName: "text" }])).to.deep.equal([
            "MV130 fields: Values of the dynamic key lang, if any, stay in the dynamic field.",
        ]);
    });
});

describe("a dynamic key with the name of a new field in a copy", () => {
    const into = (one: Field, given: Partial<typeof migration> = {}) => ({
        ...dynamic,
        fields: [id, vector, text, one],
        migration: { ...migration, ...given },
    });
    const found = (
        collides: "stay" | "overwrite" | "refused",
        after: ReturnType<typeof into>,
        rows?: number,
    ) =>
        said({
            before: dynamic,
            after,
            server: { dynamicKeyCollisions: collides },
            ...(rows !== undefined && { statistics: { dynamicKeyCollisions: { lang: rows } } }),
        });
    const move = 'Move its values to the field with from: "$meta.lang", or give the field another name.';

    it("stops the migration where the server cannot keep it", () => {
        const refused = "milvus 2.5.4 rejects a row with both the key and the field";
        const overwrites = "milvus 2.5.4 overwrites the field with it";
        expect(found("refused", into(lang))).to.deep.equal([
            `MV145 fields[3]: A row that holds a dynamic key lang stops the migration: ${refused}. ${move}`,
        ]);
        expect(found("overwrite", into(lang), 1)[0]).to.match(
            new RegExp(
                `^MV144 fields\\[3\\]: 1 row holds a dynamic key lang: ${overwrites}\\. Move its values`,
            ),
        );
        expect(found("refused", into(lang), 2)[0]).to.match(
            new RegExp(`^MV144 fields\\[3\\]: 2 rows hold a dynamic key lang: ${refused}\\. Move its values`),
        );
        expect(found("refused", into(lang), 0)).to.deep.equal([]);
    });

    it("is told another way out for a renamed field", () => {
        const body = { ...text, name: "lang", previousName: "text" };
        const after = { ...into(lang), fields: [id, vector, body] };
        expect(found("refused", after)[0]).to.match(/Give the field another name\.$/);
    });

    it("is dropped where the program allows it by name", () => {
        const allowed = into(lang, { allow: ["drop:$meta.lang", "drop:other"] });
        const dropped = "MV144 fields\\[3\\]: ";
        expect(found("stay", allowed)[0]).to.match(
            new RegExp(`^${dropped}Rows may hold a dynamic key lang\\. Its values are dropped\\.`),
        );
        expect(found("refused", allowed, 3)[0]).to.match(
            new RegExp(`^${dropped}3 rows hold a dynamic key lang\\. Its values are dropped\\.`),
        );
        expect(mapped({ before: dynamic, after: allowed }).mapping.droppedDynamicKeys).to.deep.equal([
            "lang",
        ]);
    });

    it("is none where the field takes the values of the whole key", () => {
        const taken = { ...lang, from: "$meta.lang" };
        expect(found("refused", into(taken)).filter((line) => line.startsWith("MV145"))).to.deep.equal([]);
        // A part of the key's value leaves the rest of it.
        const part = { ...lang, from: "$meta.lang.code" };
        expect(found("refused", into(part)).filter((line) => line.startsWith("MV145"))).to.have.length(1);
        // The key of another JSON field.
        const data = field({ name: "data", dataType: "JSON" });
        const other = {
            ...into({ ...lang, from: "data.lang" }),
            fields: [id, vector, data, { ...lang, from: "data.lang" }],
        };
        const reported = said({
            before: { ...dynamic, fields: [id, vector, data] },
            after: other,
            server: { dynamicKeyCollisions: "refused" },
        });
        expect(reported.filter((line) => line.startsWith("MV145"))).to.have.length(1);
    });
});

describe("the dynamic field of a copy", () => {
    it("moves no field without it, and drops no key", () => {
        const moved = {
            migration: { ...migration, moveToDynamicField: ["text"], allow: ["drop:$meta.lang"] },
        };
        const fields = [id, vector];
        const off = mapped({ before: dynamic, after: { fields, ...moved } });
        expect(off.mapping).to.not.have.any.keys("movedToDynamicField", "droppedDynamicKeys");
        expect(off.findings.find(({ code }) => code === "MV114")).to.deep.include({
            path: "enableDynamicField",
            allow: "drop:$meta",
        });
        const on = mapped({ after: { ...dynamic, fields, ...moved } });
        expect(on.mapping).to.not.have.property("droppedDynamicKeys");
    });

    it("takes what JSON can hold, and reports the rest", () => {
        const image = field({ name: "image", dataType: "FloatVector", dim: 4 });
        const given = {
            before: { fields: [id, vector, text, image] },
            after: {
                ...dynamic,
                fields: [id, vector],
                migration: { ...migration, moveToDynamicField: ["text", "image"] },
            },
        };
        expect(mapped(given).mapping.movedToDynamicField?.map(({ name }) => name)).to.deep.equal(["text"]);
        expect(said(given)).to.deep.equal([
            "MV138 migration.moveToDynamicField: image is a FloatVector, which JSON cannot hold. Omit image from moveToDynamicField, or keep it in fields.",
        ]);
    });
});
