import type { Command } from "commander";

import { listCollections } from "../../provider/milvus/collection/collections";
import { changedByCommand } from "../../provider/observe/ownershipMarker";
import type { AbortRefusal } from "../../provider/plan/recovery/overview";
import { planAbort } from "../../provider/plan/recovery/overview";
import { reportOf } from "../../provider/resource/context/reportOf";
import { abortMigration } from "../../provider/resource/operate/abort";
import { parseOwner } from "../../provider/resource/session/owner";
import { ToolCommand } from "../command";
import type { ConnectionOptions } from "../connection/options";
import { type Connected, withServer } from "../connection/withServer";
import { CommandError } from "../errors";
import type { Io } from "../io";
import { askBefore } from "../output/ask";
import type { Output } from "../output/output";
import { outputOf } from "../outputOf";
import { findMigration, type FoundMigration } from "../status/findMigration";

const text = {
    summary: "end a migration: the old collection keeps serving",
    description:
        "Ends a migration before its switch: drops the copy, and nothing else. The old collection keeps serving, accepts writes again, and gets its name back where an interrupted switch has taken it. A migration that a run works on is ended with --force alone. One that has switched cannot be ended: see `rollback`.",
    examples: [
        ["abort docs", "end the interrupted migration of docs, after a question"],
        ["abort docs --force --yes", "end it under a run at work, which then fails"],
    ],
} as const;

type Options = ConnectionOptions & { yes?: boolean; force?: boolean };

export function abortCommand(io: Io): Command {
    return new ToolCommand("abort", text)
        .withConnection()
        .argument("[name]", "the collection, old or new, the alias or the resource that migrates")
        .option("-y, --yes", "do not ask before the copy is dropped")
        .option("-f, --force", "end it although a run works on it: that run fails")
        .action(async (called: string | undefined, options: Options, command: Command) => {
            const output = outputOf(io, command);
            await withServer({ io, output }, options, (connected) =>
                abort({ io, output }, connected, called, options),
            );
        });
}

async function abort(
    { io, output }: { io: Io; output: Output },
    connected: Connected,
    called: string | undefined,
    options: Options,
): Promise<void> {
    const { client, capabilities, context, stack } = connected;
    const { force = false } = options;
    const found = await findMigration(connected, called);
    const { copy, source, owner, database } = found;
    const names = new Set(await listCollections(client, source.ref.database));
    const isOfStack = stack?.owner !== undefined && owner.startsWith(`${stack.owner}/`);
    const mayBeRecorded = isOfStack
        ? stack.collections.some(({ name }) => name === copy.ref.name)
        : isOfPulumi(owner);
    const actions = planAbort(found, names, { force, mayBeRecorded });
    if (typeof actions === "string") throw refusal(actions, found);
    await askBefore(io, output, `drop ${copy.ref.name}, the copy of ${source.ref.name}`, options);
    const report = reportOf(context, source.ref.name);
    await abortMigration(actions, { client, capabilities, context, report, force });
    const restored = actions.find((action) => action.kind === "restore-name");
    const serves = restored?.name ?? source.ref.name;
    output.result({ database, owner, dropped: copy.ref.name, serves }, () => [
        `${serves}: keeps serving; its copy ${copy.ref.name} is dropped`,
    ]);
}

/** `alter` has no state that could know a collection. */
const isOfPulumi = (owner: string): boolean => changedByCommand(owner) === undefined;

function refusal(reason: AbortRefusal, { copy, source, owner }: FoundMigration): CommandError {
    const { worker, ref } = copy;
    const at = worker ? ` (process ${worker.pid} on ${worker.machine})` : "";
    switch (reason) {
        case "held":
            return new CommandError(
                "MV507",
                `${ref.name}: a run works on it${at}. No changes made. Stop that run first, or add --force: then it fails`,
            );
        case "switched":
            return new CommandError(
                "MV508",
                `${ref.name}: clients use it already, and ${source.ref.name} lacks their writes. No changes made. ` +
                    "Let the run end; where the old collection is retained then, go back with `pulumi-milvus rollback`",
            );
        case "recorded":
            return new CommandError(
                "MV509",
                `${ref.name}: is whole, and the state of ${parseOwner(owner).stack} may have it as the collection of ${owner}. No changes made. ` +
                    "Run `pulumi up` with the same program to switch to it; where the state does not have it, say so with --stack",
            );
        case "restored":
            return new CommandError(
                "MV512",
                `${ref.name}: is no copy: a rollback has restored it, and its rows are nowhere else. No changes made. Run \`pulumi up\` with the same program to finish the rollback`,
            );
    }
}
