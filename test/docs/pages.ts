import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** The pages of the documentation, by their paths from the root. */
export const pages: readonly string[] = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    ...readdirSync(join(root, "docs"))
        .filter((name) => name.endsWith(".md"))
        .map((name) => join("docs", name)),
];

export const textOf = (page: string): string => readFileSync(join(root, page), "utf8");
