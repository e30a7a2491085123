import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { servers } from "./servers";
import { tableOf } from "./table";

/** `npm run golden` writes the files anew; what changed is then read in the diff. */
const rewrite = process.env.GOLDEN === "write";

describe("what a preview says of every kind of change", () => {
    for (const [name, capabilities] of Object.entries(servers)) {
        it(`on ${name}`, () => {
            const file = join(__dirname, "golden", `${name}.txt`);
            const table = tableOf(capabilities);
            if (rewrite) writeFileSync(file, table);
            expect(table).to.equal(readFileSync(file, "utf8"));
        });
    }

    it("is short enough for a pipeline's log, but for what a finding has to say", () => {
        const lines = Object.values(servers).flatMap((server) => tableOf(server).split("\n"));
        const long = lines.filter(
            (line) => line.length > 110 && !/^ {2}(note|warning|error| {2}fix):/.test(line),
        );
        expect(long).to.deep.equal([]);
    });
});
