import { rowsText } from "../../inputs/report/figures";
import { observeCollection } from "../../observe/collection";
import type { Generations } from "../../observe/generation";
import { rowsAtStake } from "../../observe/rows";
import { RunError } from "../../migration/errors";
import type { RecoveryWork } from "./execute";

/**
 * Refuses to start with an empty collection beside one of the same resource that holds rows. `pulumi up --replace`,
 * `--target-replace` and a taint replace a resource without a diff and without its old inputs (Pulumi 3.260): the
 * rows would not be carried over, and the old collection would be dropped. The name of a collection with a `name` is
 * taken by itself. Errors: `MV323`.
 */
export async function rejectBlindReplace(
    { found }: Pick<Generations, "found">,
    { client, owner, name, spec }: Pick<RecoveryWork, "client" | "owner" | "name" | "spec">,
): Promise<void> {
    if (spec.name !== undefined) return;
    for (const { marker, ref } of found) {
        if (marker?.owner !== owner || marker.state !== "live") continue;
        const observed = await observeCollection(client, ref);
        const rows = observed ? await rowsAtStake(client, observed) : 0;
        if (rows === 0) continue;
        throw new RunError(
            "MV323",
            `${name}: ${ref.name} of this resource holds ${rowsText(rows)}, and Pulumi asks for an empty collection without saying what changed. No changes made. ` +
                "Leave out --replace, --target-replace or the taint: a change of the schema carries the rows over. " +
                "Where the state was lost, declare the collection with its name and adopt: true; to start empty all the same, drop it or set its property pulumi.owner to none",
        );
    }
}
