import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { format } from "prettier";

import { jsonSchema } from "../cli/schema/document";
import { argumentFiles, withDocstrings } from "./args";
import { pagesWithCode, withSources } from "./codeBlocks";
import { commandReference } from "./commandReference";
import { findingsPage } from "./findings";
import { jsonLineSchema } from "./jsonLineSchema";
import { manPage } from "./manPage";
import { pulumiSchema } from "./pulumiSchema";
import { referencePage } from "./reference";

/** The pages generated from the code. */
const pages = {
    "findings.md": findingsPage,
    "reference.md": referencePage,
    "reference/command.md": commandReference,
};

/**
 * Writes the pages, the blocks that show a file, the docstrings of the arguments, the package schema and that of schema
 * files (`npm run docs`).
 */
async function write(): Promise<void> {
    for (const [name, page] of Object.entries(pages))
        writeFileSync(join(__dirname, "..", "docs", name), await format(page(), { parser: "markdown" }));
    for (const name of argumentFiles) {
        const file = join(__dirname, "..", "sdk", name);
        writeFileSync(file, withDocstrings(readFileSync(file, "utf8")));
    }
    writeFileSync(join(__dirname, "..", "docs/reference/command.schema.json"), jsonLineSchema());
    writeFileSync(join(__dirname, "..", "man/pulumi-milvus.1"), manPage());
    writeFileSync(
        join(__dirname, "..", "docs", "alter.schema.json"),
        await format(JSON.stringify(jsonSchema()), { parser: "json", printWidth: 110, tabWidth: 4 }),
    );
    for (const name of pagesWithCode()) {
        const file = join(__dirname, "..", name);
        const text = readFileSync(file, "utf8");
        writeFileSync(file, withSources(name, text));
    }
    writeFileSync(join(__dirname, "..", "schema.json"), `${JSON.stringify(pulumiSchema(), null, 4)}\n`);
}

void write();
