import { expect } from "chai";
import fc from "fast-check";

import { formLines, lineDifferences } from "../../../provider/plan/approval/formLines";
import { planForm } from "../../../provider/plan/approval/planForm";
import { recorded } from "../../../provider/plan/offline";
import { planCollection } from "../../../provider/plan/plan";
import { collection, text } from "../arbitrary";
import { type Given, lang, withText } from "../edits";
import { servers } from "../servers";

function lines(after: Given, server = "milvus-2.5.16"): string[] {
    const deployed = collection();
    const target = collection(after);
    const source = recorded(deployed);
    const plan = planCollection({
        deployed,
        target,
        source,
        capabilities: servers[server],
        unknowns: false,
    });
    return formLines(planForm(plan, { name: "docs" }));
}

describe("the lines of a plan", () => {
    it("name what each value belongs to", () => {
        const written = lines({ fields: [...collection().fields, { ...lang, backfill: "en" }] });
        expect(written).to.include.members([
            "strategy: migrate",
            'change: + lang: new VarChar(8), set to "en" in all rows',
            "step: copy all rows",
            "migration.cutover: alias",
            "migration.builds.fields.lang.maxLength: 8",
            "migration.rows.columns.lang.value: en",
        ]);
        expect(lines(withText({ maxLength: 1024 }))).to.include.members([
            "strategy: update",
            "step: set max_length of text",
            "step: set max_length of text: properties.max_length: 1024",
        ]);
    });

    it("show each difference of two plans by itself", () => {
        const approved = lines(withText({ nullable: true }));
        const now = lines(withText({ nullable: true, maxLength: 1024 }));
        expect(lineDifferences(approved, now)).to.deep.equal([
            `+ change: ~ text: maxLength ${text.maxLength} -> 1024`,
            "- migration.builds.fields.text.maxLength: 512",
            "+ migration.builds.fields.text.maxLength: 1024",
        ]);
        expect(lineDifferences(now, now)).to.deep.equal([]);
    });

    it("lead from one list to the other, whatever the lists are", () => {
        const list = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
        fc.assert(
            fc.property(list, list, (one, other) => {
                const differences = lineDifferences(one, other);
                const of = (sign: string) => differences.filter((line) => line.startsWith(sign)).length;
                expect(one.length - of("- ")).to.equal(other.length - of("+ "));
                expect(differences.length === 0).to.equal(one.join() === other.join());
                // What is left of each without its own lines is the same list.
                expect(without(one, differences, "- ")).to.have.deep.members(
                    without(other, differences, "+ "),
                );
            }),
        );
    });
});

function without(lines: readonly string[], differences: readonly string[], sign: string): string[] {
    const left = [...lines];
    for (const line of differences.filter((one) => one.startsWith(sign)))
        left.splice(left.indexOf(line.slice(2)), 1);
    return left;
}
