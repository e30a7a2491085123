import { countText } from "../../provider/inputs/report/figures";
import type { ReportState } from "../report/stateSection";
import { duration } from "../../provider/migration/progressPrinter";
import type { CollectionStatus, MigrationStatus, Status } from "./result";
import { phases } from "./text";

/** The status as a report shows it: what somebody should look at comes first. */
export function statusReport(status: Status): ReportState[] {
    const { migrations, orphans, creations, retained, refusingWrites, owners, missing } = status;
    return [
        ...migrations.map(migration),
        ...refusingWrites.map((one) => ({
            ...collection(one, "refuses writes"),
            attention: "An interrupted switch left it so: `pulumi refresh` lets it take writes again",
        })),
        ...orphans.map((one) => ({
            ...collection(one, "copy that was left behind"),
            attention: "`pulumi-milvus cleanup` drops it",
        })),
        ...creations.map((one) => collection(one, "creation that is not finished")),
        ...retained.map((one) =>
            collection(one, one.behind === null ? "retained" : `retained behind ${one.behind}`),
        ),
        ...missing.map((name) => ({ title: `${name}: in the stack, and not on the server`, facts: [] })),
        ...owners.map(({ owner, collections }) => ({
            title: owner,
            facts: [["Collections", collections.join(", ")]] as const,
        })),
    ];
}

function migration(one: MigrationStatus): ReportState {
    const { from, to, database, owner, aliases, rows, total, rowsPerSecond, secondsLeft, lease } = one;
    const where = lease && `process ${lease.process} on ${lease.machine}, for ${lease.secondsLeft} s more`;
    return {
        title: `${from} → ${to}: ${one.isPaused ? "paused" : phases[one.phase]}`,
        progress: { done: rows, total },
        facts: [
            ["Owner", owner],
            ["Database", database],
            ...(aliases.length > 0 ? [["Aliases", aliases.join(", ")] as const] : []),
            ...(rowsPerSecond === null
                ? []
                : [["Rate", `${countText(Math.round(rowsPerSecond))} rows/s`] as const]),
            ...(secondsLeft === null ? [] : [["Left", duration(secondsLeft)] as const]),
            ["Locked by", where ?? "no run"],
        ],
        ...(one.isRunning
            ? {}
            : { attention: "No run works on it: the next run resumes it, `pulumi-milvus abort` ends it" }),
    };
}

const collection = ({ name, database, owner, rows }: CollectionStatus, what: string): ReportState => ({
    title: `${name}: ${what}`,
    facts: [
        ["Owner", owner],
        ["Database", database],
        ["Rows", countText(rows)],
    ],
});
