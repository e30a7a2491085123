import { expect } from "chai";

import { Field } from "../../provider/inputs/schema/field";
import { Gate } from "../../provider/inputs/schema/gate";
import { gateFindings } from "../../provider/plan/gate";
import { mapRows } from "../../provider/plan/mapping/mapRows";
import { currentServer, recorded } from "../../provider/plan/offline";
import { collection, id, text, vector } from "./arbitrary";

const chunks = Field.parse({
    name: "chunks",
    dataType: "Array",
    elementType: "Struct",
    maxCapacity: 8,
    fields: [
        { name: "text", dataType: "VarChar", maxLength: 64 },
        { name: "vector", dataType: "FloatVector", dim: 8 },
    ],
});

/** What the plan says of a gate, as `code: message fix`. */
function said(fields: Field[], gate: Partial<Gate> = {}): string[] {
    const { migration } = collection();
    const target = collection({ fields, migration: { ...migration, gate: { ...Gate.parse({}), ...gate } } });
    const source = recorded(collection({ fields }));
    const { mapping } = mapRows({ source, target, capabilities: currentServer });
    return gateFindings(target, mapping, source).map(
        ({ code, message, fix }) => `${code}: ${message} ${fix ?? ""}`,
    );
}

describe("a gate on a vector in an Array of Structs", () => {
    it("says that the vector is not asked, and asks the others", () => {
        expect(said([id, vector, text, chunks])).to.deep.equal([
            "MV192: chunks[vector] is not asked: the gate does not search vectors in an Array of Structs. Compare its hits yourself after the switch: migration.keepPrevious retains the old collection to go back to.",
        ]);
        expect(said([id, vector, text, chunks], { queries: "./queries.jsonl" })).to.have.length(1);
    });

    it("says nothing of it where the program names the fields", () => {
        expect(said([id, vector, text, chunks], { fields: [vector.name] })).to.deep.equal([]);
        expect(said([id, vector, text])).to.deep.equal([]);
    });

    it("is blocked where there is no other vector, whoever has the queries (MV193)", () => {
        const none =
            "MV193: No vector field can be asked: there are only vectors in an Array of Structs (chunks[vector]). Remove migration.gate.";
        expect(said([id, text, chunks])).to.deep.equal([none]);
        expect(said([id, text, chunks], { module: "./judge.js" })).to.deep.equal([none]);
    });
});
