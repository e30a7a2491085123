import type { Command } from "commander";

import { RunError } from "../../provider/migration/errors";
import { Calls } from "../../provider/native/calls";
import { observed } from "../../provider/resource/context/observed";
import { ToolCommand } from "../command";
import { addTelemetryOptions } from "../connection/telemetryOptions";
import { withServer } from "../connection/withServer";
import type { Io } from "../io";
import { liveReport, type LiveReport } from "../output/liveReport";
import { outputOf } from "../outputOf";
import { isCalled } from "../status/findMigration";
import { exitCodeOf } from "./exitCode";
import { addWorkOptions, type WorkOptions } from "./options";
import type { Worked } from "./result";
import { shardOf } from "./shardOptions";
import { work } from "./worker";
import { workOnShard } from "./workOnShard";

const text = {
    summary: "copy the rows of detached migrations, alone or as one of many workers",
    description:
        "Works on the migrations that a program has detached (`migration.detach`): copies the rows, builds the indexes, loads, verifies, and ends once each copy is ready to switch; where the program says `switchBy: worker`, it switches as well. It goes on where an earlier worker stopped, on any machine, and needs neither the program nor its state. " +
        "With `--of`, it copies one of N parts of a collection: the first worker divides the keys, and each copies its part from where an interrupted worker left it. Run it again as often as you like: a part that is copied ends at once with 0, and a part that another worker copies is waited for. Once all parts are copied, `work` without `--of`, or `pulumi up`, does the rest. " +
        "Exit codes: 0 all copies are ready or switched, the part is copied, or there was nothing to do; 75 the same command has to run again (a lost connection, another worker at work); 143 stopped by a signal, at a point where any worker goes on; 1 somebody has to look.",
    examples: [
        ["work", "work on every detached migration of the database, then end"],
        [
            "work --collection docs --until-switched",
            "keep the copy of docs close until `pulumi up` has switched",
        ],
        [
            "work --watch --idle-exit 600 --json",
            "wait for work in a container, and end after ten minutes without",
        ],
        ["work --collection docs --shard 0 --of 8", "copy the first of eight shards"],
        ["work --collection docs --of 8", "in an Indexed Job of Kubernetes, which says the shard"],
    ],
} as const;

export function workCommand(io: Io): Command {
    const command = new ToolCommand("work", text).withConnection();
    addTelemetryOptions(addWorkOptions(command));
    return command.action(async (options: WorkOptions, self: Command) => {
        const shard = shardOf(io, options);
        if (!shard) return workOnCopies(io, self, options);
        const output = outputOf(io, self);
        return workOnShard({ io, output }, options, shard);
    });
}

async function workOnCopies(io: Io, command: Command, options: WorkOptions): Promise<void> {
    const output = outputOf(io, command);
    const reports: LiveReport[] = [];
    const report = (name: string) => {
        const own = liveReport(io, output, name);
        reports.push(own);
        return own;
    };
    const calls = new Calls();
    const release = io.onInterrupt(() => calls.cancel());
    const { collection } = options;
    try {
        const last = await withServer({ io, output }, options, (connected) =>
            calls.run(
                0,
                () =>
                    observed(connected.context, () =>
                        work({
                            ...{ connected, options, report, now: io.now },
                            isAsked: (seen) => collection === undefined || isCalled(seen, collection),
                            ended: (worked) => {
                                for (const one of reports.splice(0)) one.stop();
                                if (worked.outcome === "failed" || worked.outcome === "busy")
                                    output.print(`warning: ${worked.message!}`);
                                else output.line(textOf(worked));
                            },
                        }),
                    ),
                stopped,
            ),
        );
        const copies = last.map(({ worked }) => worked);
        output.result({ copies }, () => (copies.length === 0 ? [nothing(collection)] : []));
        io.exitCode = exitCodeOf(last.flatMap(({ error }) => (error === undefined ? [] : [error])));
    } catch (error) {
        throw Object.assign(error as Error, { exitCode: exitCodeOf([error]) });
    } finally {
        release();
        for (const one of reports) one.stop();
    }
}

const stopped = () =>
    new RunError(
        "MV355",
        "work: stopped. What was copied is kept, and any worker goes on from there: `pulumi-milvus work`",
    );

const textOf = ({ from, to, outcome }: Worked): string =>
    outcome === "ready"
        ? `${from} → ${to}: ready; the next \`pulumi up\` switches`
        : `${from} → ${to}: switched; the next \`pulumi up\` records it`;

const nothing = (name: string | undefined): string =>
    `no detached migration${name === undefined ? "" : ` of ${name}`} waits for a worker`;
