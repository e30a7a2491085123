import type { Command } from "commander";

import { ToolCommand } from "../command";
import { addTelemetryOptions } from "../connection/telemetryOptions";
import type { Io } from "../io";
import { addChangeOptions } from "../plan/options";
import { withChange } from "../plan/withChange";
import { type AlterOptions, alter } from "./alter";

const text = {
    summary: "change the schema of a collection, and carry its rows over",
    description:
        "Changes a collection to the schema of a file. What Milvus can change in place is changed in place. Otherwise the rows are copied to a new collection, compared, and put in service under the same name or alias, while clients read and write; then the old collection is dropped. " +
        "A run that was interrupted is resumed by the same command.",
    examples: [
        ["alter --collection docs --schema schema.json --dry-run", "print the plan, and change nothing"],
        [
            "alter --collection docs --schema schema.json",
            "change the collection; asks before it drops anything",
        ],
        ["alter -c docs -s schema.yaml --yes --keep-previous --json", "for a script; `rollback` can undo it"],
        ["schema > schema.schema.json", "the form of the file, for an editor"],
    ],
} as const;

export function alterCommand(io: Io): Command {
    const command = new ToolCommand("alter", text).withConnection();
    addTelemetryOptions(addChangeOptions(command))
        .option("--dry-run", "print the plan, and change nothing")
        .option("-y, --yes", "do not ask before something is dropped");
    return command.action((options: AlterOptions, self: Command) =>
        withChange(io, self, options, (work) => alter(work, options)),
    );
}
