import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { root } from "./pages";
import { rowsOf } from "./tables";

/** The sections of the golden files that each row of the table stands for. */
const sections: Record<string, readonly string[]> = {
    "add a field that is not nullable": ["add-field"],
    "add a nullable field": ["add-field, nullable"],
    "add a nullable field with a default": ["add-field, nullable with a default"],
    "add a second vector": ["add-field, another vector"],
    "add a nullable vector with its index": ["add-field, nullable vector with its index"],
    "add a BM25 function with its output and index": ["add-function with its output and index"],
    "drop a field": ["drop-field", "drop-field, counted", "drop-field, in no row"],
    "rename a field": ["rename-field"],
    "lengthen a VarChar": ["resize-field, longer"],
    "another dimension, with a transform": ["alter-dim, with a transform"],
    "make a field nullable": ["alter-nullable"],
    "turn the dynamic field on": ["alter-dynamic-field"],
    "another consistency level, another description": ["alter-consistency", "alter-description"],
    "remove a property": ["delete-property"],
    "replace an index": ["alter-index"],
    "let the server generate keys (`autoId`)": ["alter-auto-id"],
};

describe("the page of upgrades", () => {
    const [[, ...versions], ...rows] = rowsOf("docs/upgrade.md", 1) as [string[], ...string[][]];

    it("says of each change and version what the golden preview says", () => {
        expect(rows.map(([change]) => change)).to.have.members(Object.keys(sections));
        for (const [change, ...said] of rows)
            for (const [place, version] of versions.entries())
                for (const section of sections[change!]!)
                    expect(said[place], `${section} on ${version}`).to.equal(verdict(version, section));
    });
});

function verdict(version: string, section: string): string {
    const file = readFileSync(join(root, "test/plan/golden", `milvus-${version}.txt`), "utf8");
    const [, text] = file.split(`## ${section}\n`);
    const line = text!.split("\n")[0]!;
    if (line.includes("change in place")) return "in place";
    return line.includes("blocked") ? "blocked" : line.includes("migrate") ? "migrates" : line;
}
