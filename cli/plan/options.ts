import { resolve } from "node:path";

import { type Command, InvalidArgumentError, Option } from "commander";

import type { Props } from "../../provider/resource/session/props";
import type { ConnectionOptions } from "../connection/options";
import type { Io } from "../io";
import { addGateOptions, gateOf, type GateOptions } from "./gateOptions";
import { addReportOption, type ReportOptions } from "../report/runReport";

/** What `plan` and `alter` are told about a change. */
export type ChangeOptions = ConnectionOptions & {
    collection: string;
    schema: string;
    /** Rows. */
    batchSize?: number;
} & MigrationOptions &
    GateOptions &
    ReportOptions;

interface MigrationOptions {
    allow?: string[];
    grace?: number;
    backfill?: string;
    indexes?: string;
    keepFor?: string;
    keepPrevious?: boolean;
    maxRowsPerSecond?: number;
    maxWritePause?: number;
    moveToDynamicField?: string[];
    primaryKeys?: string;
    transform?: string;
    verify?: string;
    writes?: string;
}

/** The options that are arguments of a migration, by the same names. */
const ofMigration = [
    "allow",
    "backfill",
    "grace",
    "indexes",
    "keepPrevious",
    "maxRowsPerSecond",
    "maxWritePause",
    "moveToDynamicField",
    "primaryKeys",
    "transform",
    "verify",
    "writes",
] as const satisfies readonly (keyof MigrationOptions)[];

const group = "Migration options:";

export function addChangeOptions(command: Command): Command {
    const add = (flags: string, meaning: string, choices?: readonly string[]) => {
        const option = new Option(flags, meaning).helpGroup(group);
        command.addOption(choices ? option.choices(choices) : option);
        return option;
    };
    command
        .requiredOption("-c, --collection <name>", "the collection to change, or an alias of it")
        .requiredOption("-s, --schema <file>", "the new schema, JSON or YAML, or - for the standard input");
    add("--batch-size <rows>", "about how many rows an insert holds (default: 16 MiB of them)").argParser(
        count,
    );
    addKeepOptions(command, group);
    add("--writes <how>", "whether clients write meanwhile (default: online)", ["online", "paused"]);
    add("--verify <how>", "what is compared before the cutover (default: full)", ["full", "count"]);
    add("--transform <file>", "a JavaScript module that computes values of the new schema");
    add("--primary-keys <how>", "regenerate: where the server takes no keys", ["preserve", "regenerate"]);
    add("--allow <loss...>", "losses that you accept, by the names that the plan says: narrow:score");
    add("--move-to-dynamic-field <field...>", "fields that are dropped, whose values become dynamic keys");
    add("--indexes <how>", "how an index of a loaded collection changes (default: in-place)", [
        "in-place",
        "shadow",
    ]);
    add("--backfill <how>", "how existing rows get the value of a new field (default: shadow)", [
        "in-place",
        "shadow",
    ]);
    add(
        "--grace <seconds>",
        "how long the old collection stays after the cutover (default: 10; 2 on a server of one process)",
    ).argParser(amount);
    add("--max-rows-per-second <rows>", "limit of the copy (default: none)").argParser(count);
    add(
        "--max-write-pause <seconds>",
        "how long Milvus may refuse writes before the cutover (default: 30)",
    ).argParser(amount);
    addGateOptions(command);
    return addReportOption(command);
}

/** How the old collection is retained. */
export function addKeepOptions(command: Command, group?: string): void {
    const flags = [
        ["--keep-previous", "retain the old collection, so that `rollback` can go back to it"],
        ["--keep-for <duration>", "retain it for a time, such as 24h or 7d; `cleanup` drops it afterwards"],
    ] as const;
    for (const [name, meaning] of flags) {
        const option = new Option(name, meaning);
        command.addOption(group === undefined ? option : option.helpGroup(group));
    }
}

/** The arguments of the migration that the options set. */
export function migrationOf(io: Io, options: ChangeOptions): Props {
    const given = ofMigration.filter((name) => options[name] !== undefined);
    const migration: Props = Object.fromEntries(given.map((name) => [name, options[name]]));
    const { transform, keepFor } = options;
    const gate = gateOf(io, options);
    return {
        ...migration,
        ...(keepFor !== undefined && { keepPrevious: { for: keepFor } }),
        ...(transform !== undefined && { transform: resolve(io.folder, transform) }),
        ...(gate && { gate }),
    };
}

function count(text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1)
        throw new InvalidArgumentError("Give a whole number from 1 on.");
    return value;
}

function amount(text: string): number {
    const value = Number(text);
    if (text.trim() === "" || !(value >= 0)) throw new InvalidArgumentError("Give a number from 0 on.");
    return value;
}
