import type { Command } from "commander";

import { ToolCommand } from "../command";
import type { ConnectionOptions } from "../connection/options";
import { withServer } from "../connection/withServer";
import type { Io } from "../io";
import { outputOf } from "../outputOf";
import { addReportOption, type ReportOptions, versionOf } from "../report/runReport";
import { writeReport } from "../report/write";
import { readStatus } from "./overview";
import { statusReport } from "./report";
import type { Status, StatusResult } from "./result";
import { statusLines } from "./text";
import { watch } from "./watch";

const text = {
    summary: "show migrations under way, and what runs have left",
    description:
        "Shows each migration with its phase, rows, rate, time left and the run that works on it; copies that were left behind; retained collections; collections that refuse writes; and whose the collections are. Without --database it looks in every database. Changes nothing.",
    examples: [
        ["status", "what stands on the server of MILVUS_ADDRESS"],
        ["status --watch", "follow the migrations until none is under way"],
        ["status --json --stack=prod", "the collections of a Pulumi stack, for a script"],
    ],
} as const;

type Options = ConnectionOptions & ReportOptions & { watch?: boolean };

export function statusCommand(io: Io): Command {
    const command = new ToolCommand("status", text)
        .withConnection()
        .option("-w, --watch", "follow the migrations until none is under way, or until Ctrl-C");
    return addReportOption(command).action(async (options: Options, self: Command) => {
        const output = outputOf(io, self);
        await withServer({ io, output }, options, async (connected) => {
            const status = options.watch ? await watch(io, output, connected) : await readStatus(connected);
            report(io, self, options, status);
            const result: StatusResult = { ...status, report: options.report ?? null };
            output.result(result, () => statusLines(status, output.style));
        });
    });
}

/** Writes what stands on the server as a page, where the user asks for one. Errors: `MV570`. */
function report(io: Io, command: Command, { report: path }: ReportOptions, status: Status): void {
    if (path === undefined) return;
    const facts = [["Server", status.server]] as const;
    const head = { title: status.address, command: command.name(), version: versionOf(command), facts };
    writeReport(io, path, { ...head, madeAt: io.now(), state: statusReport(status) });
}
