import { listAliases } from "../../milvus/aliases";
import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, dropCollection } from "../../milvus/collections";
import { findGeneration, observeMarker } from "../../observe/collection";
import { type Checkpoint, readCheckpoint } from "../properties/checkpoint";
import { RunError } from "../errors";
import { hasLease, takeLease } from "../properties/lease";
import type { Report } from "../report";

/** A migration of `owner` from `generation`, whose traces are looked for among names that begin with `prefix`. */
export interface CopySearch {
    owner: string;
    generation: string;
    database: string | undefined;
    prefix: string;
}

/** A copy that a cut run has left, of the plan of this run. */
export interface ResumableCopy {
    ref: CollectionRef;
    generation: string;
    checkpoint: Checkpoint;
}

/**
 * What a broken migration has left: copies of the same generation that never went into service. The first one of the
 * same plan is gone on with, if there is one; the others are removed. Errors: `MV315` where an alias points at one: it is in
 * service, whatever its stamp says, and may hold newer rows. `MV322` where another run is at work on one.
 */
export async function takeResumableCopy(
    client: MilvusClient,
    search: CopySearch,
    isWanted: (copy: ResumableCopy) => boolean,
    report: Report,
): Promise<ResumableCopy | undefined> {
    const ref = { database: search.database, name: search.prefix };
    const left = await findGeneration(
        client,
        ref,
        (marker) =>
            marker?.owner === search.owner &&
            marker.from === search.generation &&
            marker.state !== "previous",
    );
    let wanted: ResumableCopy | undefined;
    for (const name of left) {
        const copy = { ...ref, name };
        const requireUnused = async () => {
            const aliases = await listAliases(client, copy);
            if (aliases.length > 0) throw inService(name, aliases, search);
        };
        await requireUnused();
        if ((await readCheckpoint(client, copy)) || (await hasLease(client, copy))) {
            await takeLease(client, copy, report);
            // The run that had it may have put it in service while this one waited for a sign of it.
            await requireUnused();
        }
        const checkpoint = await readCheckpoint(client, copy);
        const { marker } = await observeMarker(client, copy);
        const found = checkpoint && marker && { ref: copy, generation: marker.generation, checkpoint };
        if (found && !wanted && isWanted(found)) {
            wanted = found;
            report.say(
                `going on with ${name}, ${checkpoint.rows} rows of which were copied by a run that was cut`,
            );
            continue;
        }
        report.say(`removing ${name}, left by a migration that did not end`);
        await dropCollection(client, copy);
    }
    return wanted;
}

function inService(name: string, aliases: readonly string[], { generation }: CopySearch): RunError {
    return new RunError(
        "MV315",
        `${name}: took over the rows of generation ${generation} and serves by the alias ${aliases.join(", ")}, and the state knows nothing of it. ` +
            "Another migration would begin with the older rows; nothing was changed. Go back to the state of the run that made it (`pulumi stack import`), " +
            "or, where its rows are not needed, point the alias back and drop it",
    );
}
