import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { sectionsOf, withRelease } from "./changelog";
import { dependents, withVersion } from "./versions";

const root = join(__dirname, "..", "..");

/**
 * `npm run release:prepare -- VERSION`: writes the version everywhere where it stands, and makes a section of the changelog of
 * what is not released. It needs the pulumi CLI that scripts/sdks.ts names.
 */
function main(version: string | undefined): void {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? ""))
        throw new Error("give the version, as in `npm run release:prepare -- 1.2.3`");
    const run = (...args: string[]) => execFileSync("npm", args, { cwd: root, stdio: "inherit" });
    run("version", version!, "--no-git-tag-version", "--allow-same-version");
    for (const file of dependents(root)) edit(file, (text) => withVersion(text, version!));
    edit("CHANGELOG.md", (text) => {
        if (sectionsOf(text).some((section) => section.version === version)) return text;
        return withRelease(text, version!, new Date().toISOString().slice(0, 10), repository());
    });
    run("run", "docs");
    run("run", "sdks");
    console.log(`\nNow read \`git diff\`, commit it as "Release ${version!}", and go on in CONTRIBUTING.md.`);
}

function edit(file: string, change: (text: string) => string): void {
    const path = join(root, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** The address of the repository, as package.json has it for npm. */
function repository(): string {
    const text = readFileSync(join(root, "package.json"), "utf8");
    const { repository: of } = JSON.parse(text) as { repository: { url: string } };
    return of.url.replace(/^git\+|\.git$/g, "");
}

main(process.argv[2]);
