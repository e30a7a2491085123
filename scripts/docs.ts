import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { format } from "prettier";

import { findingsPage } from "./findings";

/** Writes the pages that are made from the code (`npm run docs`). */
async function write(): Promise<void> {
    const page = await format(findingsPage(), { parser: "markdown" });
    writeFileSync(join(__dirname, "..", "docs", "findings.md"), page);
}

void write();
