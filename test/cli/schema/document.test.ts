import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { dataTypeOf, numbers, pymilvusName } from "../../../cli/schema/dataTypeNames";
import { documentOf, jsonSchema } from "../../../cli/schema/document";
import { argumentNames } from "../../../cli/schema/fieldEntry";
import { parseSchema } from "../../../cli/schema/schemaFile";
import { dataTypes } from "../../../provider/inputs/schema/dataType";
import { Field } from "../../../provider/inputs/schema/field";
import { runCommand } from "../../support/cli/testIo";

const read = (content: string) => documentOf(parseSchema("schema.json", content));

function failureOf(content: string): string {
    try {
        read(content);
        return "none";
    } catch (error) {
        return (error as Error).message;
    }
}

describe("the names of data types", () => {
    it("are read in every spelling", () => {
        for (const type of dataTypes)
            for (const written of [
                type,
                numbers[type],
                pymilvusName(type),
                pymilvusName(type).toLowerCase(),
                `DataType.${pymilvusName(type)}`,
            ])
                expect(dataTypeOf(written), String(written)).to.equal(type);
        expect(pymilvusName("SparseFloatVector")).to.equal("SPARSE_FLOAT_VECTOR");
        expect(pymilvusName("BFloat16Vector")).to.equal("BFLOAT16_VECTOR");
        expect(dataTypeOf(0)).to.equal(undefined);
        expect(dataTypeOf("VARCHR")).to.equal(undefined);
    });
});

describe("a schema document", () => {
    it("is a list of field definitions with types of pymilvus", () => {
        const list =
            '[{"field_name": "v", "datatype": "FLOAT_VECTOR", "dim": 4}, {"field_name": "n", "datatype": 5}]';
        expect(read(list)).to.deep.equal({
            form: "list",
            entries: [
                { field_name: "v", datatype: "FloatVector", dim: 4 },
                { field_name: "n", datatype: "Int64" },
            ],
        });
    });

    it("takes the arguments' names of a program in a list, too", () => {
        expect(read('[{"name": "v", "dataType": "VarChar", "maxLength": 4}]')).to.deep.equal({
            form: "list",
            entries: [{ field_name: "v", datatype: "VarChar", max_length: 4 }],
        });
    });

    it("is an object with the arguments of a Collection", () => {
        expect(read('{"$schema": "./s.json", "description": "x", "fields": []}')).to.deep.equal({
            form: "arguments",
            args: { description: "x", fields: [] },
        });
    });

    it("names each mistake with its place", () => {
        const wrong = failureOf(
            '[\n  {"field_name": "a", "datatype": "VARCHR", "max_lenght": 3},\n  {"datatype": 5, "dim": "4"}\n]',
        );
        expect(wrong.split("\n").map((line) => line.replace(/(:\d+):\d+: /, "$1: "))).to.deep.equal([
            "schema.json: the schema is wrong; no changes made",
            '  schema.json:2: [0].max_lenght: Unknown argument "max_lenght". Did you mean "max_length"? [MV002]',
            '  schema.json:2: [0].datatype: "VARCHR" is not a known value. Did you mean "VarChar"? [MV004]',
            "  schema.json:3: [1].field_name: field_name is missing. It must be text. [MV003]",
            "  schema.json:3: [1].dim: dim must be a number, not text. [MV001] [MV525]",
        ]);
    });

    it("refuses what is no schema, and what the command line says", () => {
        for (const content of ["[]", "[1]", "5", "null", '"text"'])
            expect(failureOf(content), content)
                .to.include("must be a list")
                .and.match(/\[MV525\]$/);
        expect(failureOf('{"name": "docs", "adopt": true}'))
            .to.include("name is not part of a schema file")
            .and.include("adopt is not part of a schema file");
    });
});

describe("the published JSON Schema", () => {
    const published = readFileSync(join(__dirname, "../../../docs/alter.schema.json"), "utf8");

    it("is that of the code", () => {
        expect(JSON.parse(published), "run `npm run docs`").to.deep.equal(
            JSON.parse(JSON.stringify(jsonSchema())),
        );
    });

    it("is what `schema` prints", async () => {
        const { code, out } = await runCommand(["schema"]);
        expect(code).to.equal(0);
        expect(JSON.parse(out)).to.deep.equal(JSON.parse(published));
    });

    it("has every argument of a field in a list, but Structs", () => {
        expect(Object.values(argumentNames)).to.have.members(
            Object.keys(Field.shape).filter((name) => name !== "fields"),
        );
    });

    it("describes every argument of both forms", () => {
        const { anyOf } = jsonSchema() as {
            anyOf: [
                { items: { properties: object } },
                { properties: Record<string, { description?: string }> },
            ];
        };
        const parts = [...Object.entries(anyOf[0].items.properties), ...Object.entries(anyOf[1].properties)];
        expect(parts).to.have.length.greaterThan(25);
        for (const [name, part] of parts)
            expect((part as { description?: string }).description, name).to.match(/\w{3}/);
    });
});
