import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { transitions } from "../../provider/migration/cutover/phases";
import { property } from "../../provider/observe/properties";

const page = readFileSync(join(__dirname, "../../docs/architecture.md"), "utf8");

describe("the page of the architecture", () => {
    it("lists every property that the provider writes", () => {
        for (const key of Object.values(property)) expect(page).to.include(`| \`${key}\``);
    });

    it("lists every phase of the cutover", () => {
        for (const phase of Object.keys(transitions)) expect(page).to.include(`| \`${phase}\``);
    });
});
