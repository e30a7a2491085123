import type { Collection } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import type { Capabilities, ObservedCollection } from "../../observe/state";
import { finding, type Finding } from "../finding/finding";

type Version = [number, number, number];

/** The collections of a migration. */
interface Sides {
    source: Pick<ObservedCollection, "enableDynamicField">;
    target: Pick<Collection, "fields" | "indexes">;
}

/** A bug of Milvus that a migration can meet, in the lines of releases for which it is reported. */
interface Bug {
    /** Of milvus-io/milvus. */
    issues: readonly number[];
    /** The first release of each line without it. */
    fixed: readonly Version[];
    what: string;
    /** Whether these collections can meet it; omitted: all can. */
    meets?: (sides: Sides) => boolean;
}

/** Rows or deletes may be lost. Source: the release notes of Milvus, and the issues. */
const losses: readonly Bug[] = [
    {
        issues: [33821, 34502, 33980, 38947, 39422, 43831, 45341],
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

/** The migration may fail, and a later one succeed. Source: the issues. */
const disturbances: readonly Bug[] = [
    {
        issues: [48016],
        fixed: [[2, 6, 12]],
        what: "an insert into a field with a default that is not nullable may end a node",
        meets: ({ target }) =>
            target.fields.some(({ defaultValue, nullable }) => defaultValue !== undefined && !nullable),
    },
    {
        issues: [48977],
        fixed: [[2, 6, 15]],
        what: "a collection with a dynamic field that Milvus 2.5 has made may refuse writes",
        meets: ({ source }) => source.enableDynamicField,
    },
    { issues: [51298], fixed: [[2, 6, 21]], what: "a load may be reported before all rows can be read" },
    {
        // Reported on 2.6.23; the release with the fix is unknown.
        issues: [46890, 52978],
        fixed: [[2, 6, 24]],
        what: "the build of an index on a nullable vector may fail",
        meets: ({ target: { fields, indexes } }) =>
            fields.some(
                ({ name, dataType, nullable }) =>
                    nullable && isVector(dataType) && indexes.some(({ field }) => field === name),
            ),
    },
];

/** Warns of what a migration cannot prevent: the server itself may lose what it was sent, or fail half-way. */
export function serverBugs({ lite, server, version }: Capabilities, sides: Sides): Finding[] {
    if (lite || version === undefined) return [];
    const met = (bugs: readonly Bug[]) =>
        bugs.filter(({ fixed, meets = () => true }) => hasBug(version, fixed) && meets(sides));
    const fix = "Upgrade Milvus before the migration.";
    return [
        ...about("MV186", "migration", server, met(losses), fix),
        ...about("MV183", "migration", server, met(disturbances), fix),
    ];
}

/**
 * What a rename may do: to a collection that was once moved to another database (the run looks before it renames, MV369),
 * and to what clients write. milvus-lite 3 acknowledges inserts while it closes the collection that it renames, and drops
 * them (measured on 3.2.2: the last 8 to 12 rows of a client that inserts one at a time, in each of five renames; none on
 * Milvus 2.3.5).
 */
export function renameBugs(
    { lite, renameStrays, server }: Capabilities,
    { migration: { writes } }: Pick<Collection, "migration">,
): Finding[] {
    if (lite && writes !== "paused") {
        const message = `${server} loses rows that clients insert in the moment in which it renames a collection, although it acknowledges them.`;
        const fix = `Stop the writers for this \`pulumi up\`, and set migration.writes to "paused". Milvus itself loses none.`;
        return [finding("MV187", "name", message, fix)];
    }
    const what =
        "a collection that an older release has moved to another database is not found after a rename";
    const fix = "`pulumi up` looks whether it is one, and stops before it renames it.";
    return about("MV183", "name", server, renameStrays ? [{ issues: [47721], what }] : [], fix);
}

/** A finding that lists bugs with their issues. */
export function about(
    code: "MV183" | "MV186",
    path: string,
    server: string,
    bugs: readonly Pick<Bug, "issues" | "what">[],
    fix?: string,
): Finding[] {
    if (bugs.length === 0) return [];
    const list = bugs
        .map(
            ({ issues, what }) =>
                `${what} (milvus-io/milvus ${issues.map((issue) => `#${issue}`).join(", ")})`,
        )
        .join("; ");
    return [finding(code, path, `${server} has known bugs: ${list}.`, fix)];
}

/** A hosted Milvus reports only its line, such as 2.6: it counts as patch 0, and its patch is unknown. */
function hasBug([major, minor, patch]: Version, fixed: readonly Version[]): boolean {
    const own = fixed.find((first) => first[0] === major && first[1] === minor);
    return own !== undefined && patch > 0 && patch < own[2];
}
