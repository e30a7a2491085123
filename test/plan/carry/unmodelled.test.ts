import { expect } from "chai";

import { planCollection } from "../../../provider/plan/plan";
import { recorded } from "../../../provider/plan/offline";
import { settingFindings } from "../../../provider/plan/carry/unmodelled";
import type { Unmodelled } from "../../../provider/observe/state";
import { collection, id, text, vector } from "../arbitrary";
import { servers } from "../servers";

const none: Unmodelled = { isExternal: false, hasNamespaces: false, unknown: [] };

/** The findings of a migration of a collection that has what no argument can express. */
function planned(unmodelled: Partial<Unmodelled>, allow: string[] = []) {
    const deployed = collection({ name: "docs", fields: [id, vector, text] });
    const target = {
        ...deployed,
        fields: [id, vector, { ...text, name: "body", previousName: text.name }],
        migration: { ...deployed.migration, allow },
    };
    const source = { ...recorded(deployed), unmodelled: { ...none, ...unmodelled } };
    const capabilities = servers["milvus-3.0.0"]!;
    return planCollection({ deployed, target, source, capabilities, unknowns: false });
}

const cases = {
    MV170: [
        { unknown: ["schema.fields[2] #18"] },
        "setting:unknown",
        "schema.fields[2] #18",
        /^Install a newer pulumi-milvus\./,
    ],
    MV171: [{ isExternal: true }, "setting:external", "external collection", /^To allow it/],
    MV172: [{ hasNamespaces: true }, "setting:namespaces", "namespaces", /^To allow it/],
    MV173: [
        { rowPolicies: ["own_rows"] },
        "setting:row-policies",
        "own_rows",
        /^Create them on the new collection before clients use it\./,
    ],
    MV174: [
        { snapshots: ["a", "b", "c", "d", "e"] },
        "setting:snapshots",
        "a, b, c, and 2 more",
        /^Export them first\./,
    ],
} as const;

describe("settings that no argument can express", () => {
    for (const [code, [unmodelled, allow, said, fix]] of Object.entries(cases)) {
        it(`${code} blocks a migration until the program allows it by name`, () => {
            const blocked = planned(unmodelled as unknown as Partial<Unmodelled>);
            const found = blocked.findings.find((one) => one.code === code);
            expect(blocked.verdict).to.equal("blocked");
            expect(found).to.include({ severity: "error", allow, path: "name" });
            expect(found?.fix).to.match(fix);
            expect(found?.message).to.include(said);
            const allowed = planned(unmodelled as unknown as Partial<Unmodelled>, [allow]);
            expect(allowed.verdict).to.equal("migrate");
            expect(allowed.findings.find((one) => one.code === code)?.severity).to.equal("warning");
        });
    }

    it("are no finding where there are none", () => {
        expect(planned({}).verdict).to.equal("migrate");
    });

    it("are named, up to three of them", () => {
        const said = (...snapshots: string[]) =>
            planned({ snapshots }).findings.find(({ code }) => code === "MV174")?.message;
        expect(said("a", "b")).to.equal("The snapshots a, b of docs are dropped with it.");
        expect(said("a", "b", "c")).to.equal("The snapshots a, b, c of docs are dropped with it.");
        expect(said("a", "b", "c", "d")).to.equal(
            "The snapshots a, b, c, and 1 more of docs are dropped with it.",
        );
        const { findings } = planned({ snapshots: ["a"] });
        expect(findings.find(({ code }) => code === "MV174")).to.include({
            path: "name",
            fix: 'Export them first. Or allow it: migration: { allow: ["setting:snapshots"] }.',
        });
    });
});

describe("the settings that a new collection gets from the old one", () => {
    const found = (kept: string[], left: string[]) => {
        const deployed = collection();
        return settingFindings(recorded(deployed), { wanted: deployed, kept, left });
    };

    it("are a note, beside those that it cannot get", () => {
        expect(
            found(["a=1 of text", "b"], ["c"]).map(({ code, path, message }) => [code, path, message]),
        ).to.deep.equal([
            ["MV176", "name", "Not kept: c."],
            ["MV175", "name", "Kept as on the server: a=1 of text, b."],
        ]);
        expect(found([], [])).to.deep.equal([]);
    });
});
