import { findGeneration, observeCollection } from "../../observe/collection";
import { rowsAtStake } from "../../observe/rows";
import type { Collection } from "../../inputs/collection";
import { RunError } from "../../migration/errors";
import type { Server } from "../context/context";
import { autoName } from "../context/identity";

/**
 * Refuses to start with an empty collection beside one of the same resource that holds rows. `pulumi up --replace`,
 * `--target-replace` and a taint replace a resource without asking for a diff and without telling what it was (Pulumi
 * 3.260): the rows would not come along, and the old collection would be dropped. A collection with a `name` is in the
 * way of itself. Errors: `MV323`.
 */
export async function rejectBlindReplace(
    { client }: Server,
    { owner, name }: { owner: string; name: string },
    spec: Collection,
): Promise<void> {
    if (spec.name !== undefined) return;
    const stem = { database: spec.database, name: autoName(name, "") };
    const others = await findGeneration(
        client,
        stem,
        (marker) => marker?.owner === owner && marker.state === "live",
    );
    for (const there of others) {
        const observed = await observeCollection(client, { ...stem, name: there });
        const rows = observed ? await rowsAtStake(client, observed) : 0;
        if (rows === 0) continue;
        throw new RunError(
            "MV323",
            `${name}: ${there} of this resource holds ${rows} rows, and Pulumi asks for an empty collection without telling what changed. Nothing was touched. ` +
                "Leave out --replace, --target-replace or the taint: a change of the schema brings the rows along. " +
                "Where the state was lost, declare the collection with its name and adopt: true; to start empty all the same, drop it or set its property pulumi.owner to none",
        );
    }
}
