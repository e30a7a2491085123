import type { Command } from "commander";

import type { ConnectionOptions } from "../connection/options";
import { CommandError } from "../errors";
import type { ShardOptions } from "./shardOptions";

export type WorkOptions = ConnectionOptions &
    ShardOptions & {
        collection?: string;
        untilSwitched?: boolean;
        watch?: boolean;
        idleExit?: number;
    };

export const addWorkOptions = (command: Command): Command =>
    command
        .option(
            "-c, --collection <name>",
            "work for this migration alone: the collection, old or new, an alias, or the resource",
        )
        .option(
            "--until-switched",
            "stay until each copy is switched, and catch up with the writes every minute until then",
        )
        .option("--watch", "stay, and look for new work orders every 5 seconds")
        .option("--idle-exit <seconds>", "with --watch: end after this long without work", secondsOf)
        .option("--shard <number>", "the shard to copy, from 0 (default: JOB_COMPLETION_INDEX)")
        .option("--of <number>", "how many shards there are, the same for all workers");

function secondsOf(text: string): number {
    const seconds = Number(text);
    if (text.trim() === "" || !(seconds >= 0))
        throw new CommandError("MV500", `--idle-exit: ${text} is not a number of seconds. Write one, as 600`);
    return seconds;
}
