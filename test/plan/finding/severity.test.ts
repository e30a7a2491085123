import { expect } from "chai";

import { type FindingCode, finding } from "../../../provider/plan/finding/finding";
import { assignSeverity, type SeverityContext } from "../../../provider/plan/finding/severity";

type Given = Partial<SeverityContext>;
const usual: SeverityContext = { empty: false, unknowns: false, destructive: "warn", allow: [] };
/** The severity and the fix of one finding; undefined where it is dropped. */
function assigned(code: FindingCode, name: string | undefined, given: Given, fix?: string, path = "fields") {
    const [found] = assignSeverity([finding(code, path, "", fix, name)], { ...usual, ...given });
    return found && [found.severity, found.fix];
}

describe("the severity of a finding", () => {
    it("is that of the table for what is no loss", () => {
        expect(assigned("MV110", undefined, {})).to.deep.equal(["error", undefined]);
        expect(assigned("MV110", undefined, { destructive: "refuse" }, "a fix")).to.deep.equal([
            "error",
            "a fix",
        ]);
        expect(assigned("MV116", undefined, { destructive: "refuse" })).to.deep.equal(["note", undefined]);
    });

    it("is a warning for a loss that the program states", () => {
        expect(assigned("MV101", "text", {}, "Keep it.")).to.deep.equal(["warning", "Keep it."]);
    });

    it("is an error for a loss that the program implies, with the text that allows it", () => {
        const allow = 'migration: { allow: ["drop:text"] }.';
        expect(assigned("MV128", "text", {}, "Declare it.")).to.deep.equal([
            "error",
            `Declare it. Or allow it: ${allow}`,
        ]);
        expect(assigned("MV128", "text", {})).to.deep.equal(["error", `To allow it: ${allow}`]);
        expect(assigned("MV101", "text", { destructive: "refuse" }, "Keep it.")).to.deep.equal([
            "error",
            `Keep it. Or allow it: ${allow}`,
        ]);
    });

    it("is a warning for a loss that is allowed by name, whatever the stack refuses", () => {
        for (const code of ["MV101", "MV128"] as const) {
            const given = { destructive: "refuse", notShown: ["fields"] } as const;
            expect(assigned(code, "text", { ...given, allow: ["drop:text"] })).to.deep.equal([
                "warning",
                undefined,
            ]);
            expect(assigned(code, "text", { ...given, allow: ["drop:other"] })?.[0]).to.equal("error");
        }
    });

    it("is an error for a loss in an argument that no preview could show", () => {
        const hidden = (path: string, ...notShown: string[]) =>
            assigned("MV101", "text", { notShown }, "Keep it.", path);
        const error = [
            "error",
            'No preview could show this loss: fields was known only at `pulumi up`. To allow it: migration: { allow: ["drop:text"] }.',
        ];
        expect(hidden("fields", "indexes", "fields")).to.deep.equal(error);
        expect(hidden("fields[2].nullable", "fields")).to.deep.equal(error);
        for (const path of ["fieldsOfAnother", "x.fields"])
            expect(hidden(path, "fields")).to.deep.equal(["warning", "Keep it."]);
        expect(hidden("fields", "indexes")).to.deep.equal(["warning", "Keep it."]);
        // A loss that the program implies has its own fix.
        expect(assigned("MV128", "text", { notShown: ["fields"] }, "Declare it.")?.[1]).to.match(
            /^Declare it\. Or allow it/,
        );
    });

    it("is no error while a part of the program is unknown", () => {
        expect(assigned("MV110", undefined, { unknowns: true })?.[0]).to.equal("warning");
        expect(assigned("MV128", "text", { unknowns: true })?.[0]).to.equal("warning");
        expect(assigned("MV116", undefined, { unknowns: true })?.[0]).to.equal("note");
    });

    it("is none for findings about rows of a collection that has none", () => {
        expect(assigned("MV101", "text", { empty: true })).to.equal(undefined);
        expect(assigned("MV120", undefined, { empty: true })?.[0]).to.equal("error");
    });
});
