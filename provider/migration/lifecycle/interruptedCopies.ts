import { listAliases } from "../../milvus/aliases";
import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, dropCollection } from "../../milvus/collections";
import { findGeneration, observeStamp } from "../../observe/collection";
import { type Checkpoint, readCheckpoint } from "../properties/checkpoint";
import { RunError } from "../errors";
import { hasLease, takeLease } from "../properties/lease";
import type { Report } from "../report";

/** A migration of `owner` from `generation`, whose traces are looked for among names that begin with `prefix`. */
export interface Trace {
    owner: string;
    generation: string;
    database: string | undefined;
    prefix: string;
}

/** A copy that a cut run has left, of the plan of this run. */
export interface Leftover {
    ref: CollectionRef;
    generation: string;
    checkpoint: Checkpoint;
}

/**
 * What a broken migration has left: copies of the same generation that never went into service. The first one of the
 * same plan is gone on with, if there is one; the others are removed. Errors: `MV330` where an alias points at one: it is in
 * service, whatever its stamp says, and may hold newer rows. `MV322` where another run is at work on one.
 */
export async function takeLeftovers(
    client: MilvusClient,
    trace: Trace,
    isWanted: (leftover: Leftover) => boolean,
    report: Report,
): Promise<Leftover | undefined> {
    const ref = { database: trace.database, name: trace.prefix };
    const left = await findGeneration(
        client,
        ref,
        (stamp) =>
            stamp?.owner === trace.owner && stamp.from === trace.generation && stamp.state !== "previous",
    );
    let wanted: Leftover | undefined;
    for (const name of left) {
        const leftover = { ...ref, name };
        const requireUnused = async () => {
            const aliases = await listAliases(client, leftover);
            if (aliases.length > 0) throw inService(name, aliases, trace);
        };
        await requireUnused();
        if ((await readCheckpoint(client, leftover)) || (await hasLease(client, leftover))) {
            await takeLease(client, leftover, report);
            // The run that had it may have put it in service while this one waited for a sign of it.
            await requireUnused();
        }
        const checkpoint = await readCheckpoint(client, leftover);
        const { stamp } = await observeStamp(client, leftover);
        const found = checkpoint && stamp && { ref: leftover, generation: stamp.generation, checkpoint };
        if (found && !wanted && isWanted(found)) {
            wanted = found;
            report.say(
                `going on with ${name}, ${checkpoint.rows} rows of which were copied by a run that was cut`,
            );
            continue;
        }
        report.say(`removing ${name}, left by a migration that did not end`);
        await dropCollection(client, leftover);
    }
    return wanted;
}

function inService(name: string, aliases: readonly string[], { generation }: Trace): RunError {
    return new RunError(
        "MV330",
        `${name}: took over the rows of generation ${generation} and serves by the alias ${aliases.join(", ")}, and the state knows nothing of it. ` +
            "Another migration would begin with the older rows; nothing was changed. Go back to the state of the run that made it (`pulumi stack import`), " +
            "or, where its rows are not needed, point the alias back and drop it",
    );
}
