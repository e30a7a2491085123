import { expect } from "chai";

import { results } from "../../cli/results";
import { documented, everyCommand } from "../../scripts/commandReference";
import { open } from "../fake/open";
import { expectEveryResult } from "../support/cli/everyResult";
import { currentTier } from "../support/tier";

describe("the results of the commands", () => {
    it("are described, of every command that has one", () => {
        const families = everyCommand(documented()).filter(({ command }) => command.commands.length === 0);
        const named = families.filter(({ command }) => command.hasResult).map(({ name }) => name);
        expect(Object.keys(results)).to.have.members(named);
        for (const { command } of families)
            expect(command.options.some(({ long }) => long === "--json")).to.equal(command.hasResult);
    });

    it("are as the published schema says", async function () {
        if (currentTier() === "fast") this.skip();
        this.timeout(60_000);
        const { client, fake } = await open("2.6.18", { pending: 0 });
        await expectEveryResult(client, fake.address, "");
    });
});
