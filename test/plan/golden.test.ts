import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { servers } from "./servers";
import { tableOf } from "./table";

/** `npm run golden` rewrites the files; review the diff. */
const rewrite = process.env.GOLDEN === "write";

describe("the preview of every kind of change", () => {
    for (const [name, capabilities] of Object.entries(servers)) {
        it(`matches its golden file on ${name}`, () => {
            const file = join(__dirname, "golden", `${name}.txt`);
            const table = tableOf(capabilities);
            if (rewrite) writeFileSync(file, table);
            expect(table).to.equal(readFileSync(file, "utf8"));
        });
    }

    it("has lines of at most 110 characters, except findings", () => {
        const lines = Object.values(servers).flatMap((server) => tableOf(server).split("\n"));
        const long = lines.filter(
            (line) => line.length > 110 && !/^ {2}(note|warning|error| {2}fix):/.test(line),
        );
        expect(long).to.deep.equal([]);
    });
});
