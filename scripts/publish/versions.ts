import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { notesOf, sectionsOf } from "./changelog";

/** A file that states the version, how it is found there, and the command that writes it. */
interface Place {
    file: string;
    found: RegExp;
    remedy: string;
}

const prepare = "npm run release:prepare -- VERSION";
const json = /"version": "([^"]*)"/g;
const [docs, sdks] = ["npm run docs", "npm run sdks"];

const places: readonly Place[] = [
    { file: "schema.json", found: /^ {4}"version": "([^"]*)"/gm, remedy: docs },
    { file: "man/pulumi-milvus.1", found: /"pulumi-milvus ([\d.][^"]*)"/g, remedy: docs },
    // Its own version, and that of the package at the root; the others are of dependencies.
    {
        file: "package-lock.json",
        found: /"name": "pulumi-milvus",\s*"version": "([^"]*)"/g,
        remedy: "npm install --package-lock-only",
    },
    { file: "sdks/nodejs/package.json", found: json, remedy: sdks },
    { file: "sdks/python/pyproject.toml", found: /^ {2}version = "([^"]*)"/gm, remedy: sdks },
    { file: "sdks/python/pulumi_milvus/pulumi-plugin.json", found: json, remedy: sdks },
    { file: "sdks/go/milvus/pulumi-plugin.json", found: json, remedy: sdks },
    {
        file: "sdks/go/milvus/internal/pulumiUtilities.go",
        found: /version := semver\.MustParse\("([^"]*)"\)/g,
        remedy: sdks,
    },
];

/** How files of programs name this package and its SDKs: the version that a user who copies them installs. */
const dependencies =
    /(?:"(?:pulumi-milvus|@pulumi-milvus\/milvus)": "|^pulumi_milvus==|pulumi-milvus\/sdks\/go\/milvus v)([\^~]?\d[\w.-]*)/gm;

/** The files of programs that depend on the package. */
export function dependents(root: string): string[] {
    return ["plugin", "examples", "templates"].flatMap((room) => dependentsIn(root, room));
}

const names = ["package.json", "requirements.txt", "go.mod"];

/** A workspace has them in folders of its own. */
function dependentsIn(root: string, folder: string): string[] {
    if (!existsSync(join(root, folder))) return [];
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        if (entry.isDirectory()) return entry.name === "node_modules" ? [] : dependentsIn(root, path);
        return names.includes(entry.name) ? [path] : [];
    });
}

/** A text of such a file with another version. */
export const withVersion = (text: string, version: string): string =>
    text.replace(dependencies, (whole, old: string) => {
        const range = /^[\^~]/.exec(old)?.[0] ?? "";
        return `${whole.slice(0, -old.length)}${range}${version}`;
    });

export const versionOf = (root: string): string =>
    (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;

/** Files that state another version than package.json, each with what to do. */
export function otherVersions(root: string): string[] {
    const version = versionOf(root);
    const stated = places.map((place) => ({ ...place, needed: true }));
    const depended = dependents(root).map((file) => ({
        file,
        found: dependencies,
        remedy: prepare.replace("VERSION", version),
        // An example may have its packages from elsewhere.
        needed: false,
    }));
    return [...stated, ...depended].flatMap(({ file, found, remedy, needed }) => {
        const says = [...readFileSync(join(root, file), "utf8").matchAll(found)].map(([, one]) => one!);
        const others = says.map((one) => one.replace(/^[\^~]/, "")).filter((one) => one !== version);
        if (says.length === 0 && needed) others.push("no version");
        return [...new Set(others)].map(
            (other) => `${file} says ${other}, and package.json ${version}: run \`${remedy}\``,
        );
    });
}

/**
 * What of CHANGELOG.md keeps this version from being released.
 * @param isTagged whether the version is released now: then its section has a date, and nothing is left unreleased.
 */
export function changelogProblems(changelog: string, version: string, isTagged: boolean): string[] {
    const sections = sectionsOf(changelog);
    const unreleased = sections.find((section) => section.version === "Unreleased");
    const newest = sections.find((section) => section.version !== "Unreleased");
    const isThere = sections.some((section) => section.version === version);
    if (newest && newest.version !== version && isTagged)
        return [
            `CHANGELOG.md ends at ${newest.version}, and package.json says ${version}: run \`${prepare}\``,
        ];
    if (isThere && unreleased?.text)
        return [
            `CHANGELOG.md has changes under [Unreleased], and ${version} is released already: run \`${prepare}\` with the next version`,
        ];
    if (isTagged && !isThere)
        return [`CHANGELOG.md has no section [${version}]: run \`${prepare.replace("VERSION", version)}\``];
    if (!notesOf(changelog, version)?.text)
        return [`CHANGELOG.md says nothing about ${version}: write its changes there`];
    return [];
}
