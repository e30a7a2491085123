import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { parseSchema, readSchema } from "../../../cli/schema/schemaFile";
import { testIo } from "../../support/cli/testIo";

describe("a schema file", () => {
    const failure = (work: () => unknown): string => {
        try {
            work();
            return "none";
        } catch (error) {
            return (error as Error).message;
        }
    };

    it("is JSON, also with tabs, or YAML", () => {
        const fields = [{ field_name: "id", datatype: "INT64", max_length: 5 }];
        const json = JSON.stringify(fields, undefined, "\t");
        expect(parseSchema("a", json).value).to.deep.equal(fields);
        const yaml = "# fields\n- field_name: id\n  datatype: INT64\n  max_length: 5\n";
        expect(parseSchema("a", yaml).value).to.deep.equal(fields);
    });

    it("keeps every digit of a number that JavaScript cannot hold", () => {
        const { value } = parseSchema("a", "[9007199254740993, -1, 1.5, 1e3]");
        expect(value).to.deep.equal(["9007199254740993", -1, 1.5, 1000]);
    });

    it("tells the line and the column of each part", () => {
        const { placeOf } = parseSchema("a", '[\n  {"field_name": "id",\n   "dim": 4}\n]');
        expect(placeOf([0, "dim"])).to.equal("3:11");
        expect(placeOf([0])).to.equal("2:3");
        expect(placeOf([1, "dim"])).to.equal(undefined);
    });

    it("says where it is neither", () => {
        expect(failure(() => parseSchema("schema.json", '[\n  {"a": 1,, }\n]'))).to.match(
            /^schema\.json:2:\d+: .*\[MV524\]$/s,
        );
        expect(failure(() => parseSchema("s", "a: [1"))).to.include("[MV524]");
    });

    it("is read from the command's folder, or from the standard input", async () => {
        const folder = await mkdtemp(join(tmpdir(), "schema-"));
        try {
            await writeFile(join(folder, "schema.yaml"), "[1]");
            const io = testIo({ folder, stdin: "[2]" });
            expect((await readSchema(io, "schema.yaml")).value).to.deep.equal([1]);
            expect(await readSchema(io, "-")).to.deep.include({ name: "standard input", value: [2] });
            const missing = await readSchema(io, "none.yaml").catch((error: unknown) => error as Error);
            expect((missing as Error).message).to.match(/none\.yaml cannot be read \(ENOENT\).*\[MV523\]$/);
        } finally {
            await rm(folder, { recursive: true });
        }
    });
});
