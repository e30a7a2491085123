import type { Command } from "commander";

import { rowsText } from "../../provider/inputs/report/figures";
import { differencesText } from "../../provider/migration/verify/differences";
import { ToolCommand } from "../command";
import { type ConnectionOptions, optionName, settingNames } from "../connection/options";
import { type Connected, withServer } from "../connection/withServer";
import { CommandError } from "../errors";
import type { Io } from "../io";
import { liveReport } from "../output/liveReport";
import type { Output } from "../output/output";
import { outputOf } from "../outputOf";
import { compare, type How, sideOf } from "./compare";
import type { VerifyResult } from "./result";

const text = {
    summary: "compare the rows of two collections",
    description:
        "Compares two collections row by row, by their primary keys, and names the first keys that differ. The collections may be on two servers. Ends with 1 where they differ. Clients that write meanwhile make a difference, too.",
    examples: [
        ["verify docs docs_v2", "compare two collections value by value"],
        ["verify docs docs_v2 --count", "compare the number of rows alone"],
        ["verify docs docs --target-address b.example:19530 --target-token-file token.txt", "on two servers"],
    ],
} as const;

type VerifyOptions = ConnectionOptions & { count?: boolean; full?: boolean; ignoreKeys?: boolean };

export function verifyCommand(io: Io): Command {
    const command = new ToolCommand("verify", text)
        .withConnection()
        .withConnection("target")
        .argument("<source>", "a collection, or an alias of one")
        .argument("<target>", "the collection that should have the same rows, or an alias of one")
        .option("--full", "compare every value of every row (default)")
        .option("--count", "compare the number of rows alone")
        .option(
            "--ignore-keys",
            "compare the rows without their primary keys, for keys that were regenerated",
        );
    return command.action(async (source: string, target: string, options: VerifyOptions, self: Command) => {
        const output = outputOf(io, self);
        if (options.count && options.full)
            throw new CommandError("MV500", "--count: --full is given as well. Use one or the other");
        const how: How = { by: options.count ? "count" : "full", ignoreKeys: options.ignoreKeys ?? false };
        await withServer({ io, output }, options, (from) =>
            onTarget(io, output, options, from, (to) =>
                verify(io, output, [from, source], [to, target], how),
            ),
        );
    });
}

/** The second server; that of the source where no option names another one. No credential of one goes to the other. */
function onTarget(
    io: Io,
    output: Output,
    options: VerifyOptions,
    source: Connected,
    work: (target: Connected) => Promise<void>,
): Promise<void> {
    const names = [...settingNames, "tokenFile", "passwordFile"];
    const isOther = names.some((name) => options[optionName(name, "target")] !== undefined);
    if (!isOther) return work(source);
    const alone = { ...io, environment: () => undefined };
    return withServer({ io: alone, output }, options, work, { prefix: "target" });
}

async function verify(
    io: Io,
    output: Output,
    [from, source]: [Connected, string],
    [to, target]: [Connected, string],
    how: How,
): Promise<void> {
    const report = liveReport(io, output, target);
    const began = io.now();
    try {
        const compared = await compare(await sideOf(from, source), await sideOf(to, target), how, report);
        report.stop();
        const seconds = (io.now() - began) / 1000;
        const result: VerifyResult = { source, target, by: how.by, ...compared, seconds };
        if (!compared.isEqual) {
            output.event({ kind: "compared", ...result });
            throw different(result);
        }
        output.result(result, () => [equalText(result, how)]);
    } finally {
        report.stop();
    }
}

function equalText({ source, target, rows, notCompared }: VerifyResult, { by, ignoreKeys }: How): string {
    if (by === "count")
        return `${target} counts ${rowsText(rows.target)}, as many as ${source}; the values were not compared`;
    return (
        `${target} holds the rows of ${source}: ${rowsText(rows.source)} compared value by value` +
        (ignoreKeys ? ", without their keys" : "") +
        (notCompared.length > 0 ? `; not compared: ${notCompared.join(", ")}` : "")
    );
}

function different({ source, target, rows, differences, isWhole }: VerifyResult): CommandError {
    const what =
        (differences && differencesText(differences)) ??
        `${source} counts ${rowsText(rows.source)}, and ${target} ${rowsText(rows.target)}`;
    return new CommandError(
        "MV526",
        `${target} does not hold the rows of ${source}: ${isWhole ? "" : "at least "}${what}`,
    );
}
