import { expect } from "chai";
import fc from "fast-check";
import { format } from "prettier";

import type { FoundObject, Inventory } from "../../../cli/pull/inventory";
import { typescriptProgram } from "../../../cli/pull/print/typescript";
import { yamlProgram } from "../../../cli/pull/print/yaml";
import { declareProgram } from "../../../cli/pull/program/declare";
import { anyInventory } from "./anyInventory";
import { type Evaluated, evaluateTypescript, evaluateYaml, secretOf } from "./evaluate";
import { currentTier } from "../../support/tier";

const header = "name: pulled\nruntime: yaml\n\n";

describe("a printed program", () => {
    it("declares what was found, in TypeScript and in YAML", () => {
        fc.assert(
            fc.property(anyInventory, (inventory) => {
                const program = declareProgram(inventory);
                const expected = sorted(inventory.objects.map((one) => expectedOf(one, inventory)));
                const inTypescript = evaluateTypescript(typescriptProgram(program));
                expect(sorted(inTypescript.map(found))).to.deep.equal(expected);
                // Milvus takes no other value for it.
                const inYaml = evaluateYaml(header + yamlProgram(program));
                expect(sorted(inYaml.map(found))).to.deep.equal(expected);
                expect(inYaml.map(({ logicalName }) => logicalName)).to.deep.equal(
                    inTypescript.map(({ logicalName }) => logicalName),
                );
            }),
        );
    });

    it("is formatted as prettier formats it", async () => {
        await fc.assert(
            fc.asyncProperty(anyInventory, async (inventory) => {
                const program = declareProgram(inventory);
                const typescript = typescriptProgram(program);
                expect(await format(typescript, { parser: "typescript" })).to.equal(typescript);
                const yaml = header + yamlProgram(program);
                expect(await format(yaml, { parser: "yaml" })).to.equal(yaml);
            }),
            { numRuns: currentTier() === "fast" ? 10 : 40 },
        );
    });
});

/** What a resource is about, without what its program calls it. */
function found({ type, logicalName, inputs }: Evaluated): object {
    const isNamed = type !== "Grant";
    return { type, ...inputs, ...(isNamed && { name: inputs["name"] ?? logicalName }) };
}

function expectedOf({ type, name, database, inputs }: FoundObject, { namesDefault }: Inventory): object {
    const { database: _same, collection, ...others } = inputs;
    const isSaid = database !== undefined && (namesDefault || database !== "default");
    return {
        type,
        ...others,
        ...(type !== "Grant" && { name }),
        ...(isSaid && { database }),
        ...(collection !== undefined && collection !== "*" && { collection }),
        ...(type === "User" && { password: "secret" }),
        ...(type !== "Alias" && { adopt: true }),
    };
}

/** In no order; a secret is one whatever its name. */
const sorted = (all: object[]): unknown[] =>
    all
        .map((one) =>
            JSON.stringify(one, (_, value: unknown) => (isSecret(value) ? "secret" : ordered(value))),
        )
        .sort()
        .map((text) => JSON.parse(text) as unknown);

const isSecret = (value: unknown) => typeof value === "string" && value.startsWith(secretOf(""));

const ordered = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
