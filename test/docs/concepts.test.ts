import { expect } from "chai";

import { capabilitiesOf, type Calls, calls } from "../../provider/observe/capabilitiesOf";
import { pages, textOf } from "./pages";
import { rowsOf } from "./tables";

const concepts = pages.filter((page) => page.startsWith("docs/concepts/"));

describe("the pages of the concepts", () => {
    for (const page of concepts)
        it(`say in ${page} when, with what, by which codes and where in the code`, () => {
            const [[head], facts] = [rowsOf(page, 0), rowsOf(page, 0)[1]];
            expect(head).to.have.length(4);
            expect([head![0], head![2], head![3]]).to.deep.equal(["when", "codes", "code"]);
            for (const fact of facts!) expect(fact).to.not.equal("");
        });

    it("are all linked from docs/concepts.md", () => {
        const entry = textOf("docs/concepts.md");
        for (const page of concepts) expect(entry).to.include(`(${page.replace("docs/", "")}`);
    });

    it("say of changes in place since when, as the provider finds it", () => {
        const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
        const able = (version: string, capability: keyof ReturnType<typeof capabilitiesOf>) =>
            capabilitiesOf(`v${version}`, all)[capability] === true;
        const since: [change: string, capability: keyof ReturnType<typeof capabilitiesOf>][] = [
            ["add a nullable field", "addField"],
            ["drop a field", "alterSchema"],
            ["connection and credentials", "alterFunction"],
            ["analyzer of a field", "alterAnalyzer"],
            ["drop a function", "alterSchema"],
            ["`maxLength` of a VarChar", "alterMaxLength"],
            ["`maxCapacity` of an Array", "alterMaxCapacity"],
            ["description of a field", "alterFieldDescription"],
            ["`description`", "alterDescription"],
            ["`consistencyLevel`", "alterConsistency"],
            ["`warmup` of a field", "warmup"],
            ["`properties`, removed", "deleteProperties"],
            ["the dynamic field on", "enableDynamicField"],
        ];
        const rows = rowsOf("docs/concepts/in-place.md", 1);
        for (const [change, capability] of since) {
            const [row] = rows.filter(([first]) => first!.startsWith(change));
            const [first] = versionsIn(row![1]!);
            expect(able(first!, capability), `${change} on ${first}`).to.equal(true);
            expect(able(before(first!), capability), `${change} on ${before(first!)}`).to.equal(false);
        }
    });
});

const versionsIn = (text: string): string[] => text.match(/\d+\.\d+(\.\d+)?/g) ?? [];

/** A release before this one: of its own line, or the last of the line before. */
function before(version: string): string {
    const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
    if (patch > 0) return `${major}.${minor}.${patch - 1}`;
    return minor > 0 ? `${major}.${minor - 1}.99` : `${major - 1}.99.99`;
}
