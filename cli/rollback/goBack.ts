import { Readable } from "node:stream";

import type { Command } from "commander";

import { alter } from "../alter/alter";
import type { ConnectionOptions } from "../connection/options";
import type { Io } from "../io";
import { askBefore } from "../output/ask";
import { outputOf } from "../outputOf";
import type { GateOptions } from "../plan/gateOptions";
import { withChange } from "../plan/withChange";
import type { FoundRollback } from "./findRollback";

export type RollbackOptions = ConnectionOptions &
    GateOptions & {
        yes?: boolean;
        keepFor?: string;
        keepPrevious?: boolean;
        /** The name or the generation of a retained collection. */
        to?: string;
    };

/**
 * Goes back to a collection that `alter` has retained: the same change as another `alter`, whose schema is that of the
 * retained collection, and whose rows are there already.
 *
 * @param collection the name that `alter` was given
 */
export async function goBack(
    io: Io,
    command: Command,
    { declared, retained, rollback, serving }: FoundRollback,
    collection: string,
    options: RollbackOptions,
): Promise<void> {
    const last = options.keepPrevious || options.keepFor !== undefined ? "retain" : "drop";
    await askBefore(io, outputOf(io, command), `go back to ${retained}, then ${last} ${serving}`, options);
    const document = JSON.stringify({ ...declared, migration: { rollback } });
    const change = { ...options, collection, schema: "-", yes: true };
    await withChange(io, command, change, (work) =>
        alter({ ...work, io: { ...io, stdin: Readable.from([document]) } }, change),
    );
}
