import type { Command } from "commander";

import { parseCollection } from "../../provider/inputs/parse";
import { argumentsOf, type ToldArgument } from "../../provider/plan/render/argumentsOf";
import { declarationLines } from "../../provider/plan/render/declaration";
import { changedByCommand } from "../../provider/observe/ownershipMarker";
import { parseOwner } from "../../provider/resource/session/owner";
import { ToolCommand } from "../command";
import { addTelemetryOptions } from "../connection/telemetryOptions";
import { withServer } from "../connection/withServer";
import { CommandError } from "../errors";
import type { Io } from "../io";
import { outputOf } from "../outputOf";
import { addGateOptions } from "../plan/gateOptions";
import { addKeepOptions } from "../plan/options";
import { findRollback, type FoundRollback } from "./findRollback";
import { goBack, type RollbackOptions } from "./goBack";

const text = {
    summary: "go back to the collection that a migration has retained",
    description:
        "Goes back to the collection that the last migration has retained (`alter --keep-previous`), or to an earlier one (`--to`). Nothing is copied: writes made since are carried over, the alias or the name moves back, and the collection that served is dropped, or retained in turn. " +
        "A program of Pulumi decides about its own collections: for one of a stack the command changes nothing, and prints what the program has to say for `pulumi up` to roll back, with the schema of the retained collection.",
    examples: [
        ["rollback docs", "let docs, a collection or an alias, go back after a question"],
        ["rollback docs --yes --keep-previous", "go back, and retain what served until now"],
        [
            "rollback docs --to docs_3fa9c1d --keep-for 24h",
            "go back across several changes; all stay for a day",
        ],
    ],
} as const;

export function rollbackCommand(io: Io): Command {
    const command = new ToolCommand("rollback", text)
        .withConnection()
        .argument("<name>", "the collection in service, or its alias")
        .option("-y, --yes", "do not ask before the collection that serves is dropped")
        .option("--to <name>", "the collection to go back to, or its generation (default: the latest one)");
    command.action(async (name: string, options: RollbackOptions, command: Command) => {
        const output = outputOf(io, command);
        const found = await withServer({ io, output }, options, (connected) =>
            findRollback(connected, name, options.to),
        );
        const altered = changedByCommand(found.owner);
        if (altered !== undefined) return goBack(io, command, found, altered, options);
        for (const line of programLines(found)) output.line(line);
        throw ofProgram(found);
    });
    addKeepOptions(command);
    return addTelemetryOptions(addGateOptions(command));
}

/** The arguments that the program has to have. */
function programLines({ declared, retained, rollback }: FoundRollback): string[] {
    const { spec } = parseCollection(declared);
    if (!spec) return [];
    const names = new Set(Object.keys(argumentsOf(spec)) as ToldArgument[]);
    return [
        `// ${retained}`,
        ...declarationLines(spec, names),
        `migration: { rollback: ${rollbackText(rollback)} },`,
    ];
}

const rollbackText = (rollback: FoundRollback["rollback"]): string =>
    rollback === "previous" ? '"previous"' : `{ to: ${JSON.stringify(rollback.to)} }`;

function ofProgram({ serving, retained, owner, rollback }: FoundRollback): CommandError {
    const { stack, logicalName } = parseOwner(owner);
    return new CommandError(
        "MV514",
        `${serving} is managed by the Pulumi stack ${stack} (resource ${logicalName}), whose state would not know ${retained}. No changes made. ` +
            `Give the resource the schema of the retained collection and migration: { rollback: ${rollbackText(rollback)} }, and run \`pulumi up\`: no row is copied again`,
    );
}
