import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { serverTests } from "../../scripts/serverTests";

const root = join(__dirname, "../..");
/** The calls that give a suite a server: their titles end with `on SERVER`, which the lane of a server looks for. */
const startsServer = /\bon(?:Servers|Stacks|FaultyStacks)\(/;

describe("test files that may start a server", function () {
    let found: string[];

    before(async () => (found = await serverTests()));

    it("has every test with suites for servers", () => {
        const named = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
            .filter((name) => name.endsWith(".test.ts"))
            .map((name) => `test/${name.replaceAll("\\", "/")}`)
            .filter((file) => startsServer.test(readFileSync(join(root, file), "utf8")));
        expect(named).to.include("test/e2e/adopt.test.ts");
        expect(found).to.include.members(named);
    });

    it("leaves out the tests of what is pure", () => {
        expect(found).to.not.include("test/plan/plan.test.ts");
    });
});
