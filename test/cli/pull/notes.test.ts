import { expect } from "chai";

import { keptNotes, unmodelledNotes } from "../../../cli/pull/read/notes";
import type { Unmodelled } from "../../../provider/observe/state";
import { recorded } from "../../../provider/plan/offline";
import { collection } from "../../plan/arbitrary";

const none: Unmodelled = { isExternal: false, hasNamespaces: false, unknown: [] };

describe("the notes of a pulled collection", () => {
    it("name each thing that no argument declares", () => {
        const notes = (unmodelled: Unmodelled | undefined) =>
            unmodelledNotes({ ...recorded(collection()), unmodelled });
        expect([notes(undefined), notes(none)]).to.deep.equal([[], []]);
        const all: Unmodelled = {
            ...{ isExternal: true, hasNamespaces: true, unknown: ["schema.fields[2] #18"] },
            ...{ rowPolicies: ["own_rows"], snapshots: ["monday", "friday"] },
        };
        expect(notes(all)).to.have.length(5);
        for (const part of ["files", "namespaces", "fields[2] #18", "own_rows", "monday, friday"])
            expect(notes(all).join("\n")).to.include(part);
    });

    it("name the parameters that every change keeps, and a load of some partitions", () => {
        const { fields, ...others } = recorded(collection());
        expect(keptNotes({ ...others, fields })).to.deep.equal([]);
        const mapped = fields.map((field) => ({ ...field, otherParams: { "mmap.enabled": "true" } }));
        const notes = keptNotes({ ...others, fields: mapped, loadState: "partly-loaded" });
        expect(notes.join("\n")).to.include("mmap.enabled=true of id").and.include("Only some");
    });
});
