import { readFileSync } from "node:fs";
import { join } from "node:path";

import { notesOf } from "./changelog";
import { changelogProblems, otherVersions, versionOf } from "./versions";

const root = join(__dirname, "..", "..");

export interface Checked {
    version: string;
    /** What keeps the version from being released, each with what to do. */
    problems: string[];
    /** For the page of the release. */
    notes: string;
    isReleased: boolean;
}

export function check(isTagged: boolean): Checked {
    const version = versionOf(root);
    const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
    const notes = notesOf(changelog, version);
    return {
        version,
        problems: [...otherVersions(root), ...changelogProblems(changelog, version, isTagged)],
        notes: notes?.text ?? "",
        isReleased: notes?.date !== undefined,
    };
}

/**
 * `npm run release:check [-- TAG]`: with a tag it is the release of this version, without one what is not released may become it.
 * It prints the notes, and ends with 1 and what to do where something does not fit.
 */
function main(tag: string | undefined): void {
    const { version, problems, notes } = check(tag !== undefined);
    if (tag !== undefined && tag !== `v${version}`)
        problems.unshift(
            `the tag is ${tag}, and package.json says ${version}: tag the commit that has this version`,
        );
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
    else console.log(notes);
}

if (require.main === module) main(process.argv[2]);
