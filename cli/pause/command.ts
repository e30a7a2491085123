import type { Command } from "commander";

import { setPaused } from "../../provider/resource/operate/pause";
import { ToolCommand, type CommandText } from "../command";
import type { ConnectionOptions } from "../connection/options";
import { withServer } from "../connection/withServer";
import { CommandError } from "../errors";
import type { Io } from "../io";
import { outputOf } from "../outputOf";
import { findMigration } from "../status/findMigration";

const pauseText = {
    summary: "pause the copy of a migration",
    description:
        "Pauses the copy of rows: the run that copies waits from its next checkpoint on, which it saves every three seconds, until `resume`. The old collection keeps serving. What follows the copy (indexes, verification, switch) cannot be paused.",
    examples: [
        ["pause docs", "pause the migration of the collection, the alias or the resource docs"],
        ["pause", "pause the only migration"],
    ],
} as const;

const resumeText = {
    summary: "let a paused copy go on",
    description: "Lets a copy that `pause` has paused go on. The run that copies looks every two seconds.",
    examples: [["resume docs", "resume the migration of docs"]],
} as const;

export const pauseCommand = (io: Io): Command => pausing(io, "pause", pauseText, true);

export const resumeCommand = (io: Io): Command => pausing(io, "resume", resumeText, false);

function pausing(io: Io, name: string, text: CommandText, isPaused: boolean): Command {
    return new ToolCommand(name, text)
        .withConnection()
        .argument("[name]", "the collection, old or new, the alias or the resource that migrates")
        .action(async (called: string | undefined, options: ConnectionOptions, command: Command) => {
            const output = outputOf(io, command);
            await withServer({ io, output }, options, async (connected) => {
                const { copy, source, phase, database } = await findMigration(connected, called);
                if (isPaused && phase !== "copying")
                    throw new CommandError(
                        "MV506",
                        `${copy.ref.name}: not paused, all rows are copied. Let the run end, or end it with \`pulumi-milvus abort\``,
                    );
                await setPaused(connected.client, copy.ref, isPaused);
                const result = { database, from: source.ref.name, to: copy.ref.name, isPaused };
                output.result(result, () => [
                    isPaused
                        ? `${copy.ref.name}: paused from the next checkpoint on; \`pulumi-milvus resume\` lets it go on`
                        : `${copy.ref.name}: goes on${copy.lease === "held" ? "" : " with the next run: none is at work now"}`,
                ]);
            });
        });
}
