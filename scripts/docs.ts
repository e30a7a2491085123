import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { format } from "prettier";

import { argumentFiles, withDocstrings } from "./args";
import { findingsPage } from "./findings";
import { pulumiSchema } from "./pulumiSchema";
import { referencePage } from "./reference";

/** The pages generated from the code. */
const pages = { "findings.md": findingsPage, "reference.md": referencePage };

/** Writes the pages, the docstrings of the arguments and the package schema (`npm run docs`). */
async function write(): Promise<void> {
    for (const [name, page] of Object.entries(pages))
        writeFileSync(join(__dirname, "..", "docs", name), await format(page(), { parser: "markdown" }));
    for (const name of argumentFiles) {
        const file = join(__dirname, "..", "sdk", name);
        writeFileSync(file, withDocstrings(readFileSync(file, "utf8")));
    }
    writeFileSync(join(__dirname, "..", "schema.json"), `${JSON.stringify(pulumiSchema(), null, 4)}\n`);
}

void write();
