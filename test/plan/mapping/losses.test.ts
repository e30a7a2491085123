import { expect } from "chai";

import { collection, field, id, text, vector } from "../arbitrary";
import { mapped, said } from "./mapped";

const legacy = field({ name: "legacy", dataType: "Int64" });
const all = [id, vector, text, legacy];
const codes = (given: Parameters<typeof mapped>[0]) => mapped(given).findings.map(({ code }) => code);

describe("a field that a copy leaves out", () => {
    it("is a loss that the program implies where it never declared the field", () => {
        const lost =
            "MV128 fields: legacy is on the server but was never in the program. Its values are lost. Declare legacy in fields to keep it.";
        const before = { fields: all };
        expect(said({ before, undeclared: ["legacy"] })[0]).to.match(new RegExp(`^${lost}`));
        expect(codes({ before, undeclared: ["legacy"], statistics: { held: { legacy: 0 } } })).to.deep.equal(
            [],
        );
        expect(said({ before, undeclared: ["legacy"], statistics: { held: { legacy: 2 } } })[0]).to.include(
            "Its values in 2 rows are lost.",
        );
    });

    it("is a loss that the program states where it declared the field, or where no program is known", () => {
        const before = { fields: all };
        expect(codes({ before })).to.deep.equal(["MV101"]);
        expect(codes({ before, undeclared: ["other"] })).to.deep.equal(["MV101"]);
        expect(codes({ before, known: false })).to.deep.equal(["MV101"]);
        expect(codes({ before, known: false, undeclared: ["legacy"] })).to.deep.equal(["MV101"]);
    });

    it("is no loss if a function made it", () => {
        const made = { ...legacy, isFunctionOutput: true };
        const plain = all.slice(0, 3).map((one) => ({ ...one, isFunctionOutput: false }));
        expect(codes({ observed: { fields: [...plain, made] } })).to.deep.equal([]);
    });
});

describe("a previousName that names no field", () => {
    it("is said to count as a new field", () => {
        const after = { fields: [id, vector, text, { ...legacy, previousName: "legcay" }] };
        expect(said({ after })).to.deep.equal([
            "MV102 fields[3].previousName: No field is named legcay; legacy counts as a new field. Correct the name, or omit previousName.",
        ]);
        const known = { fields: [id, vector, { ...text, previousName: "txet" }] };
        expect(said({ after: known })).to.deep.equal([]);
    });
});

describe("a mapping of rows without a known program", () => {
    it("takes a previousName for a rename that is to be done", () => {
        const after = { fields: [id, vector, { ...text, name: "body", previousName: "text" }] };
        const { mapping, findings } = mapped({ after, known: false });
        expect(mapping.columns[2]!.source).to.have.nested.property("from.name", "text");
        expect(findings).to.deep.equal([]);
    });

    it("keeps each partition that the program does not name", () => {
        const { partitions } = mapped({ before: { partitions: ["a"] }, known: false });
        expect(partitions).to.deep.equal({ kind: "by-name", carried: ["_default", "a"], dropped: [] });
    });

    it("has no finding without a change", () => {
        expect(mapped({ known: false }).findings).to.deep.equal([]);
        expect(mapped({ before: collection(), known: false }).mapping.dropped).to.deep.equal([]);
    });
});
