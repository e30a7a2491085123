import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { format } from "prettier";

import { codes as commandCodes } from "../../cli/codes";
import { codes as serverCodes } from "../../provider/milvus/transport/codes";
import { codes as planCodes } from "../../provider/plan/finding/codes";
import { codes as argumentCodes } from "../../provider/inputs/report/codes";
import { codes as runCodes } from "../../provider/migration/errors";
import { findingsPage } from "../../scripts/findings";

describe("the page of findings and errors", () => {
    it("is up to date: otherwise run `npm run docs`", async () => {
        const file = join(__dirname, "..", "..", "docs", "findings.md");
        expect(readFileSync(file, "utf8")).to.equal(await format(findingsPage(), { parser: "markdown" }));
    });

    it("has an example of every code, and no code twice", () => {
        const all = [
            ...Object.keys(argumentCodes),
            ...Object.keys(planCodes),
            ...Object.keys(serverCodes),
            ...Object.keys(runCodes),
            ...Object.keys(commandCodes),
        ];
        expect(new Set(all).size).to.equal(all.length);
        const page = findingsPage();
        for (const code of all)
            expect(page, code).to.match(new RegExp(`^### ${code}\n\n\\*\\*.+\\)\n\n\`.+\`$`, "m"));
    });
});
