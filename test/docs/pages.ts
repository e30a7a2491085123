import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** The pages of the documentation, by their paths from the root. */
export const pages: readonly string[] = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => join("docs", name)),
];

/** Pages for the Pulumi Registry alone, which reads them from a release. Neither the index nor the site has them. */
export const registryPages: readonly string[] = ["docs/_index.md", "docs/installation-configuration.md"];

export const textOf = (page: string): string => readFileSync(join(root, page), "utf8");
