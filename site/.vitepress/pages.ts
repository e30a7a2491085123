import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";

export const repository = "https://github.com/pulumi-milvus/pulumi-milvus";
export const base = "/pulumi-milvus/";
export const root = new URL("../..", import.meta.url).pathname;

/** The index of the documentation, which is the landing page. */
export const index = "docs/README.md";

/** Files of the root that are pages, too, by their addresses. `security` is a page of docs/. */
const ofRoot: Readonly<Record<string, string>> = {
    "README.md": "overview.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security-policy.md",
    "CODE_OF_CONDUCT.md": "code-of-conduct.md",
};

/** Pages for the Pulumi Registry alone, which reads them from a release. */
const ofRegistry = ["docs/_index.md", "docs/installation-configuration.md"];

/** The files of docs/ with one of these endings, by their paths in the repository. */
export function filesOfDocs(...endings: string[]): string[] {
    return readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
        .filter((name) => endings.some((ending) => name.endsWith(ending)))
        .map((name) => `docs/${name.split(sep).join(posix.sep)}`)
        .sort();
}

/** Each page of the site, by its file in the repository: `docs/pull.md` → `pull.md`. */
export const pages: ReadonlyMap<string, string> = new Map([
    ...filesOfDocs(".md")
        .filter((file) => !ofRegistry.includes(file))
        .map((file): [string, string] => [file, placeOf(file)]),
    ...Object.entries(ofRoot),
]);

function placeOf(file: string): string {
    if (file === index) return "index.md";
    // Hosts disagree about `/concepts` where there is a folder of that name: as the index of its folder it is found on all.
    const isOfFolder = existsSync(join(root, file.replace(/\.md$/, "")));
    return file.slice("docs/".length).replace(/\.md$/, isOfFolder ? "/index.md" : ".md");
}

/** The address of a page within the site: `pull.md` → `/pull`, `concepts/index.md` → `/concepts/`. */
export const addressOf = (page: string): string => `/${page.replace(/(^|\/)index\.md$|\.md$/, "$1")}`;

export const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

/** A page has the name of its own heading. */
export function titleOf(file: string): string {
    if (file === "README.md") return "Overview";
    const [, title = file] = /^# (.+)$/m.exec(textOf(file)) ?? [];
    return title.replaceAll("`", "");
}
