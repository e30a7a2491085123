import type { Command } from "commander";

import { countText } from "../../provider/inputs/report/figures";
import type { Inspected } from "../../provider/observe/generation";
import { isEmptyAndUnused } from "../../provider/migration/lifecycle/abandonedCreate";
import { serverTime } from "../../provider/milvus/rows/readPoint";
import { reportOf } from "../../provider/resource/context/reportOf";
import { dropExpired, isExpired } from "../../provider/resource/operate/dropExpired";
import { dropUnfinished } from "../../provider/resource/operate/dropUnfinished";
import { rowsOf } from "../../provider/resource/context/rowsOf";
import { observeOverview } from "../../provider/resource/operate/overview";
import { ToolCommand } from "../command";
import type { ConnectionOptions } from "../connection/options";
import { type Connected, withServer } from "../connection/withServer";
import type { Io } from "../io";
import { askBefore } from "../output/ask";
import { outputOf } from "../outputOf";

const text = {
    summary: "drop what interrupted runs have left, and what is retained no longer",
    description:
        "Lists the copies that interrupted migrations have left and that no run works on, and the retained collections whose time (`migration.keepPrevious`) is over; asks, and drops them. A copy can be resumed by the next run as long as it is there. It drops nothing that serves, that an alias points at, that deletionProtection protects, that is retained for longer, or that the provider has not made.",
    examples: [
        ["cleanup", "list what is left, and ask"],
        ["cleanup --dry-run", "list what is left"],
        ["cleanup --yes --database tenants", "drop it without a question, in one database"],
        ["cleanup --yes --expired", "for cron: drop what is retained no longer, and nothing else"],
    ],
} as const;

type Options = ConnectionOptions & {
    yes?: boolean;
    dryRun?: boolean;
    creations?: boolean;
    expired?: boolean;
};

export function cleanupCommand(io: Io): Command {
    return new ToolCommand("cleanup", text)
        .withConnection()
        .option("-n, --dry-run", "list what would be dropped, and drop nothing")
        .option("-y, --yes", "do not ask")
        .option(
            "--creations",
            "drop empty collections that a first creation has not finished, too; only while no run creates one",
        )
        .option("--expired", "drop retained collections whose time is over, and nothing else")
        .action(async (options: Options, command: Command) => {
            const output = outputOf(io, command);
            await withServer({ io, output }, options, async (connected) => {
                const left = await leftBehind(connected, options);
                for (const one of left) output.line(lineOf(one));
                const found = left.map(({ item: { ref, marker }, database, what, rows }) => ({
                    database,
                    name: ref.name,
                    owner: marker.owner,
                    what,
                    rows,
                }));
                if (left.length === 0 || options.dryRun) {
                    output.result({ found, dropped: [] }, () =>
                        left.length === 0 ? ["nothing is left behind"] : ["no changes made"],
                    );
                    return;
                }
                const count = `${left.length} ${left.length === 1 ? "collection" : "collections"}`;
                await askBefore(io, output, `drop ${count}`, options);
                const { context } = connected;
                for (const { item, what, behind } of left) {
                    const work = { ...connected, report: reportOf(context, item.ref.name) };
                    if (what === "expired") await dropExpired(work, item, behind);
                    else await dropUnfinished(work, item);
                }
                output.result({ found, dropped: found }, () => [`dropped ${count}`]);
            });
        });
}

interface Left {
    item: Inspected;
    database: string;
    what: "copy" | "orphan" | "creation" | "expired";
    /** The collection that it copies. */
    of?: string;
    /** The collection that it is retained behind. */
    behind?: Inspected | undefined;
    rows: number;
}

async function leftBehind(connected: Connected, options: Options): Promise<Left[]> {
    const { client, context, stack } = connected;
    const now = await serverTime(client);
    const isOwn = ({ marker }: Inspected) =>
        stack?.owner === undefined || marker.owner.startsWith(`${stack.owner}/`);
    const found: Omit<Left, "rows">[] = [];
    for (const one of await observeOverview(context, connected)) {
        const { database, migrations, orphans, creations, retained } = one;
        for (const { at: item, behind } of retained)
            if (await isExpired(client, item, behind, now))
                found.push({ item, database, what: "expired", behind });
        if (options.expired) continue;
        for (const { copy, source } of migrations)
            found.push({ item: copy, database, what: "copy", of: source.ref.name });
        for (const item of orphans) found.push({ item, database, what: "orphan" });
        for (const item of options.creations ? creations : [])
            if (await isEmptyAndUnused(client, item.ref)) found.push({ item, database, what: "creation" });
    }
    const left: Left[] = [];
    for (const one of found) {
        const { marker, lease, aliases } = one.item;
        // One that is whole may be recorded in a state.
        const isBuilding = marker.state === "building" || one.what === "expired";
        const isIdle = isBuilding && lease !== "held" && aliases.length === 0;
        const rows = isIdle && isOwn(one.item) ? await rowsOf(client, one.item.ref) : undefined;
        if (rows !== undefined) left.push({ ...one, rows });
    }
    return left;
}

function lineOf({ item: { ref, marker }, database, what, of, rows }: Left): string {
    const name = database === "default" ? ref.name : `${database}/${ref.name}`;
    const about = {
        copy: `an unfinished copy of ${of}, which the next run can resume`,
        orphan: "a copy of a collection that is gone",
        creation: "an empty collection whose creation was interrupted",
        expired: "was retained, and its time is over",
    }[what];
    return `${name}: ${about}; ${countText(rows)} rows; of ${marker.owner}`;
}
