import type { Capabilities } from "../../observe/state";
import { finding, type Finding } from "../finding/finding";

type Version = [number, number, number];

/** A bug of Milvus that a migration can meet, in the lines of releases for which it is reported. */
interface Bug {
    /** Of milvus-io/milvus. */
    issues: readonly number[];
    /** The first release of each line without it. */
    fixed: readonly Version[];
    what: string;
}

/** Source: the release notes of Milvus, and the issues. */
const bugs: readonly Bug[] = [
    {
        issues: [33821, 34502, 38947, 39422, 43831, 45341],
        fixed: [
            [2, 4, 21],
            [2, 5, 4],
            [2, 6, 6],
        ],
        what: "rows or deletes may be lost",
    },
    { issues: [42555], fixed: [[2, 5, 13]], what: "stored rows may be corrupted" },
    { issues: [47972], fixed: [[2, 6, 12]], what: "a crash may lose the schema of a new collection" },
];

/** Warns of what a migration cannot prevent: the server itself may lose what it was sent. */
export function serverBugs({ lite, server, version }: Capabilities): Finding[] {
    if (lite || version === undefined) return [];
    const met = bugs.filter(({ fixed }) => hasBug(version, fixed));
    if (met.length === 0) return [];
    const list = met
        .map(
            ({ issues, what }) =>
                `${what} (milvus-io/milvus ${issues.map((issue) => `#${issue}`).join(", ")})`,
        )
        .join("; ");
    const fix = "Upgrade Milvus before the migration.";
    return [finding("MV186", "migration", `${server} has known bugs: ${list}.`, fix)];
}

/** A hosted Milvus reports only its line, such as 2.6: it counts as patch 0, and its patch is unknown. */
function hasBug([major, minor, patch]: Version, fixed: readonly Version[]): boolean {
    const own = fixed.find((first) => first[0] === major && first[1] === minor);
    return own !== undefined && patch > 0 && patch < own[2];
}
