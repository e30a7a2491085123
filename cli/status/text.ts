import { countText } from "../../provider/inputs/report/figures";
import { duration } from "../../provider/migration/progressPrinter";
import type { Style } from "../output/output";
import type { CollectionStatus, MigrationStatus, RetainedStatus, Status } from "./result";

export const phases: Readonly<Record<MigrationStatus["phase"], string>> = {
    copying: "copying rows",
    verifying: "building indexes, loading and verifying",
    switching: "copied; clients use the old collection until the switch",
    finishing: "switched; carrying over late writes, then the old collection goes",
};

/** The status for people. */
export function statusLines(status: Status, style: Style): string[] {
    const { migrations, orphans, creations, retained, refusingWrites, owners, missing } = status;
    return [
        style.bold(`${status.address}: ${status.server}`),
        ...section(
            style,
            "Migrations",
            migrations.flatMap((one) => migrationLines(one, style)),
        ),
        ...section(
            style,
            "Copies left behind",
            orphans.map((one) => `${collectionText(one)}; \`pulumi-milvus cleanup\` drops it`),
        ),
        ...section(style, "Creations that are not finished", creations.map(collectionText)),
        ...section(style, "Retained", retained.map(retainedText)),
        ...section(
            style,
            "Refusing writes",
            refusingWrites.map(
                (one) =>
                    `${collectionText(one)}: an interrupted switch left it so; \`pulumi refresh\` lets it take writes again`,
            ),
        ),
        ...section(style, "In the stack, and not on the server", missing),
        ...section(
            style,
            "Owners",
            owners.map(({ owner, collections }) => `${owner}: ${collections.join(", ")}`),
        ),
        ...(migrations.length === 0 ? ["", "No migration is under way."] : []),
    ];
}

const section = (style: Style, title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ["", style.bold(title), ...lines.map((line) => `  ${line}`)];

const collectionText = ({ database, name, owner, rows }: CollectionStatus): string =>
    `${placed(database, name)} of ${owner}, ${countText(rows)} rows`;

function retainedText(one: RetainedStatus): string {
    const behind = one.behind === null ? "" : `, behind ${one.behind}`;
    const { secondsLeft: left } = one;
    const time = left === null ? "" : left === 0 ? ", expired" : `, expires in ${duration(left)}`;
    return `${collectionText(one)}${behind}${time}`;
}

const placed = (database: string, name: string): string =>
    database === "default" ? name : `${database}/${name}`;

export function migrationLines(one: MigrationStatus, style: Style): string[] {
    const { database, from, to, owner, aliases, lease, isRunning } = one;
    const used = aliases.length === 0 ? "" : ` (${aliases.join(", ")})`;
    const holder = lease
        ? `process ${lease.process} on ${lease.machine} is at work; its lease holds for ${lease.secondsLeft} s unless it is renewed`
        : isRunning
          ? "a run is at work"
          : style.yellow(nobody(one));
    return [
        `${style.bold(placed(database, from))} → ${style.bold(to)}${used}, of ${owner}`,
        `    ${phaseText(one, style)}`,
        ...detachedText(one),
        `    ${holder}`,
        ...(one.refusesWrites ? [`    ${style.yellow(`${from} refuses writes for the final pass`)}`] : []),
    ];
}

function nobody({ detached, phase }: MigrationStatus): string {
    if (!detached || (phase !== "copying" && phase !== "verifying"))
        return "no run is at work: the next `pulumi up`, or the same command, resumes it";
    if (detached.phase === "ready") return "no worker is needed: the next `pulumi up` switches";
    const why = detached.error === null ? "" : `: ${detached.error}`;
    return detached.phase === "failed"
        ? `the worker failed${why}; \`pulumi-milvus work\` tries again`
        : "no worker is at work: `pulumi-milvus work` copies the rows";
}

/** What a worker does, where one does it. */
function detachedText({ detached }: MigrationStatus): string[] {
    if (!detached) return [];
    const who = detached.switchBy === "worker" ? "a worker switches" : "`pulumi up` switches";
    return [`    detached, ${detached.phase}; ${who}`];
}

/** Phase, rows, rate and time left. */
export function phaseText(one: MigrationStatus, style: Style): string {
    const { phase, isPaused, rows, total, rowsPerSecond, secondsLeft } = one;
    if (phase !== "copying") return phases[phase];
    const share = total === 0 ? 100 : Math.floor((rows / total) * 100);
    const what = isPaused ? style.yellow("paused") : phases[phase];
    const figures = [`${share} %`, `${countText(rows)} of ${countText(total)} rows`];
    if (rowsPerSecond !== null) figures.push(`${countText(rowsPerSecond)} rows/s`);
    if (secondsLeft !== null) figures.push(`${duration(secondsLeft)} left`);
    return `${what}: ${figures.join(", ")}`;
}
