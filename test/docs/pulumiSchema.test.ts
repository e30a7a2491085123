import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { pulumiSchema } from "../../scripts/pulumiSchema";

interface Part {
    description?: string;
    properties?: Record<string, Part>;
    inputProperties?: Record<string, Part>;
    required?: string[];
    requiredInputs?: string[];
}

describe("the package schema", () => {
    const file = join(__dirname, "..", "..", "schema.json");
    const schema = pulumiSchema() as {
        types: Record<string, Part>;
        resources: Record<string, Part>;
        config: { variables: Record<string, Part> };
    };
    const parts = Object.entries({ ...schema.types, ...schema.resources });

    it("is up to date: otherwise run `npm run docs`", () => {
        expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal(JSON.parse(JSON.stringify(schema)));
    });

    it("describes every type, argument, output and setting", () => {
        const silent = [
            ...parts.flatMap(([token, part]) => [
                [token, part] as const,
                ...Object.entries({ ...part.properties, ...part.inputProperties }).map(
                    ([name, property]) => [`${token}.${name}`, property] as const,
                ),
            ]),
            ...Object.entries(schema.config.variables),
        ].filter(([, { description }]) => (description ?? "") === "");
        expect(silent.map(([name]) => name)).to.deep.equal([]);
    });

    it("requires only properties that it has", () => {
        for (const [token, part] of parts) {
            expect(Object.keys(part.properties ?? {}), token).to.include.members(part.required ?? []);
            expect(Object.keys(part.inputProperties ?? {}), token).to.include.members(
                part.requiredInputs ?? [],
            );
        }
    });

    it("marks credentials as secrets", () => {
        for (const name of ["token", "password"]) {
            expect(schema.types["milvus:index:Connection"]!.properties![name]).to.have.property(
                "secret",
                true,
            );
            expect(schema.config.variables[name]).to.have.property("secret", true);
        }
    });
});
