import { rowsText } from "../../provider/inputs/report/figures";
import { RunError } from "../../provider/migration/errors";
import { Calls } from "../../provider/native/calls";
import { observed } from "../../provider/resource/context/observed";
import { measured } from "../../provider/resource/context/reportOf";
import { copyShardOf } from "../../provider/resource/operate/copyShard";
import { parseOwner } from "../../provider/resource/session/owner";
import type { ConnectionOptions } from "../connection/options";
import { withServer } from "../connection/withServer";
import type { Io } from "../io";
import { liveReport } from "../output/liveReport";
import type { Output } from "../output/output";
import { findMigration } from "../status/findMigration";
import { exitCodeOf } from "./exitCode";
import type { ShardResult } from "./result";
import type { Shard } from "./shardOptions";

type Options = ConnectionOptions & { collection?: string };

/** Copies one shard of a migration. Ctrl-C and SIGTERM end it where the next worker resumes it. */
export async function workOnShard(
    { io, output }: { io: Io; output: Output },
    options: Options,
    { shard, count }: Shard,
): Promise<void> {
    const calls = new Calls();
    const release = io.onInterrupt(() => calls.cancel());
    const report = liveReport(io, output, `shard ${shard} of ${count}`);
    const cancelled = () =>
        new RunError(
            "MV355",
            `shard ${shard} of ${count}: cancelled. What was copied is kept, and the same command resumes it`,
        );
    try {
        await withServer({ io, output }, options, (connected) =>
            calls.run(
                0,
                async () => {
                    const { owner, source, copy, database } = await findMigration(
                        connected,
                        options.collection,
                    );
                    const { context } = connected;
                    const ended = await observed(context, () =>
                        copyShardOf(
                            {
                                ...connected,
                                holder: context.session.holder,
                                source: source.ref,
                                copy: copy.ref,
                                report: measured(report, context, parseOwner(owner).logicalName, owner),
                            },
                            { shard, count },
                        ),
                    );
                    const rows = ended.kind === "complete" ? null : ended.rows;
                    const place = { database, from: source.ref.name, to: copy.ref.name };
                    const result: ShardResult = { ...place, shard, of: count, ended: ended.kind, rows };
                    report.stop();
                    output.result(result, () => [`${copy.ref.name}: ${textOf(result)}`]);
                },
                cancelled,
            ),
        );
    } catch (error) {
        throw Object.assign(error as Error, { exitCode: exitCodeOf([error]) });
    } finally {
        release();
        report.stop();
    }
}

function textOf({ shard, of, ended, rows }: ShardResult): string {
    if (ended === "complete") return "all rows are copied; there is nothing left to do for this worker";
    return `shard ${shard} of ${of} is copied, ${rowsText(rows ?? undefined)}${ended === "done" ? ", by another worker" : ""}`;
}
