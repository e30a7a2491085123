import { expect } from "chai";

import { codes } from "../../provider/inputs/report/codes";
import { type Parsed, parseAlias, parseCollection, parseConnection } from "../../provider/inputs/parse";
import { argumentExamples } from "./malformed/examples";
import type { Malformed } from "./malformed/case";
import { keys, names, renames, types } from "./malformed/fields";
import { memory } from "./malformed/memory";
import { migrations } from "./malformed/migration";
import { objects } from "./malformed/objects";
import { aliases, functions, indexes, surroundings } from "./malformed/parts";
import { shape } from "./malformed/shape";
import { values } from "./malformed/values";
import { warnings } from "./malformed/warnings";
import { type Args, goodProgram, smallProgram } from "./program";

const collections = {
    shape,
    names,
    keys,
    types,
    renames,
    values,
    indexes,
    functions,
    surroundings,
    migrations,
    memory,
};

describe("a malformed program", () => {
    for (const [about, cases] of Object.entries(collections))
        describe(about, () => cases.forEach((one) => check(one, parseCollection)));
    describe("alias", () => aliases.forEach((one) => check(one, parseAlias)));
    describe("objects", () =>
        objects.forEach(({ parse, cases }) => cases.forEach((one) => check(one, parse))));

    it("gets only codes of the table, and every code has such a program", () => {
        const failed = [
            ...Object.values(collections).flat(),
            ...aliases,
            ...objects.flatMap(({ cases }) => cases),
        ].flatMap((one) => one.expected.map(([, code]) => code));
        const warned = warnings.map(([, code]) => code);
        expect(new Set([...failed, ...warned])).to.deep.equal(new Set(Object.keys(codes)));
    });

    it("gets the message that is the example of its code", () => {
        const examples = argumentExamples();
        for (const [code, { example }] of Object.entries(codes)) {
            const message = examples.get(code)!;
            // The table shortens long examples.
            if (example.endsWith("...")) expect(message, code).to.include(example.slice(0, -3));
            else expect(message.replace(/\.$/, ""), code).to.equal(example);
        }
    });

    it("gets no message that repeats a credential", () => {
        const { failures } = parseConnection({
            address: "http://root:hush@",
            token: ["hush"],
            password: "hush",
        });
        expect(failures).to.have.length(2);
        expect(JSON.stringify(failures)).not.to.contain("hush");
    });
});

describe("a program with a warning", () => {
    for (const [args, code, path] of warnings)
        it(`${code}: ${codes[code as keyof typeof codes].title}`, () => {
            expect(codes[code as keyof typeof codes].severity).to.equal("warning");
            const parsed = parseCollection(args);
            expect(parsed.failures).to.deep.equal([]);
            expect(parsed.warnings.map((warning) => [warning.path, warning.code])).to.deep.equal([
                [path, code],
            ]);
        });
});

describe("a valid program", () => {
    it("gets no failures and no warnings", () => {
        const { failures, warnings: found, hasUnknowns } = parseCollection(goodProgram());
        expect({ failures, found, hasUnknowns }).to.deep.equal({
            failures: [],
            found: [],
            hasUnknowns: false,
        });
    });

    const programs: Record<string, Args> = {
        "only the required arguments": smallProgram(),
        "a VarChar key that the server generates": {
            fields: [
                { name: "id", dataType: "VarChar", isPrimaryKey: true, autoId: true },
                { name: "v", dataType: "BinaryVector", dim: 262_144 },
            ],
        },
        "two fields that swap their names": smallProgram(
            { name: "a", dataType: "Int8", previousName: "b" },
            { name: "b", dataType: "Int8", previousName: "a" },
        ),
        "two indexes of a JSON field": {
            ...smallProgram({ name: "data", dataType: "JSON" }),
            indexes: [
                { field: "data", name: "a" },
                { field: "data", name: "b" },
            ],
        },
        "an index of a vector in Structs": {
            ...smallProgram({
                name: "chunks",
                dataType: "Array",
                elementType: "Struct",
                maxCapacity: 4,
                fields: [{ name: "v", dataType: "FloatVector", dim: 4 }],
            }),
            indexes: [{ field: "chunks[v]", indexType: "HNSW", metricType: "MAX_SIM_IP" }],
        },
        "the smallest and the largest Int64": smallProgram(
            { name: "a", dataType: "Int64", defaultValue: "-9223372036854775808" },
            { name: "b", dataType: "Int64", backfill: "9223372036854775807" },
        ),
        "a NULL for existing rows": smallProgram({
            name: "a",
            dataType: "Int8",
            nullable: true,
            backfill: null,
        }),
        "a partition of a year": { ...smallProgram(), partitions: ["2024-05", "_default"] },
        "an address in brackets": {
            ...smallProgram(),
            connection: { address: "[::1]:19530", username: "u", password: "p" },
        },
        "a Zilliz Cloud endpoint": {
            ...smallProgram(),
            connection: { address: "https://in03-1.cloud.zilliz.com", token: "k" },
        },
    };
    for (const [what, args] of Object.entries(programs))
        it(`may have ${what}`, () => expect(parseCollection(args).failures).to.deep.equal([]));

    it("may be an alias with the name of its resource", () => {
        expect(parseAlias({ __logicalName: "live", __owner: "x", collection: "docs" }).spec).to.deep.equal({
            name: "live",
            collection: "docs",
            adopt: false,
        });
    });

    it("may be a connection without settings", () => {
        expect(parseConnection({}).spec).to.deep.equal({
            address: "localhost:19530",
            ssl: false,
            timeout: 30,
        });
    });
});

function check({ it: title, args, expected }: Malformed, parse: (args: Args) => Parsed<unknown>): void {
    it(title, () => {
        const { failures, spec } = parse(args);
        const found = failures.map(({ property, reason }) => [property, /\[(MV\d{3})\]$/.exec(reason)?.[1]]);
        expect(found).to.have.deep.members(expected.map(([property, code]) => [property, code]));
        for (const [property, code, fragment] of expected) {
            const failure = failures.find(
                (one) => one.property === property && one.reason.endsWith(`[${code}]`),
            );
            expect(failure!.reason).to.contain(fragment);
        }
        expect(spec).to.equal(undefined);
    });
}
