import { type CollectionRef, dropCollection, setProperties } from "../../milvus/collection/collections";
import { releaseCollection } from "../../milvus/collection/loading";
import { flush } from "../../milvus/rows/rows";
import { observeCollection, observeMarker } from "../../observe/collection";
import { markerProperties } from "../../observe/ownershipMarker";
import { rowsAtStake } from "../../observe/rows";
import type { ObservedCollection } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { RunError } from "../../migration/errors";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { namePrevious } from "../../migration/properties/previous";
import type { Context, Server } from "../context/context";
import { refOf } from "../context/identity";
import { findRetained } from "./retained";

/** Where the collections of one resource are, and what its program says of dropping them. */
export interface RetentionContext extends Server {
    context: Context;
    owner: string;
    /** The logical name, for people. */
    name: string;
    spec: Pick<Collection, "deletionProtection">;
}

/**
 * Retains a collection behind its successor instead of dropping it: released from memory, and marked. The one that was
 * retained behind itself is dropped. Can be run again.
 */
export async function retain(
    retention: RetentionContext,
    old: ObservedCollection,
    successor: CollectionRef,
): Promise<void> {
    const { client, capabilities, name, context } = retention;
    const ref = refOf(old);
    // A run that is interrupted after this finds a collection that is not retained yet, and does it again.
    await namePrevious(client, successor, ref);
    await liftFence({ client, capabilities, ref });
    // Its own owner may be the name that the stack had before.
    const { marker: { owner } = retention } = await observeMarker(client, successor);
    if (old.marker)
        await setProperties(client, ref, markerProperties({ ...old.marker, owner, state: "previous" }));
    // Out of memory its rows are counted by the server's books, which know what is stored.
    await flush(client, ref);
    await releaseCollection(client, ref);
    context.print(
        `${name}: ${ref.name} is retained, released from memory; migration.rollback: "previous" goes back to it`,
    );
    await dropRetained(retention, old);
}

/** Drops what is retained behind a collection, unless somebody else uses it by an alias, or it is protected. */
export async function dropRetained(
    { client, name, context, spec }: RetentionContext,
    behind: ObservedCollection,
): Promise<void> {
    const found = await findRetained(context.session, client, refOf(behind));
    const retained = found && !found.isRestored && (await observeCollection(client, found.at.ref));
    if (!retained) return;
    const ref = refOf(retained);
    const { aliases } = retained;
    if (aliases.length > 0) {
        context.print(
            `${name}: ${ref.name} was retained and is kept: the alias ${aliases.join(", ")} points at it. ` +
                "It is no longer part of this stack: drop the alias and then the collection once nobody needs them",
        );
        return;
    }
    const rows = await rowsAtStake(client, retained);
    // Not refused: the rows of what is dropped with it are safe, and a deletion follows the program before.
    if (spec.deletionProtection && rows > 0) {
        context.print(
            `${name}: ${ref.name} was retained and is kept with its ${rows} rows, because deletionProtection is set. ` +
                "It is no longer part of this stack: drop it with a Milvus client once nobody needs it",
        );
        return;
    }
    context.print(`${name}: dropping ${ref.name}, which was retained, and its ${rows} rows`);
    await dropCollection(client, ref);
}

/**
 * What to do where a deletion is protected. The first is the usual reason, and keeps the rows. Pulumi looks for `aliases` only
 * while it does not have the new resource in its state.
 */
export const wayOut =
    "If you renamed a resource, or moved it to a parent, add its former name or parent as `aliases` to its options; " +
    "if its collection has been created again already, first run `pulumi up` with the former program, which drops the empty one. " +
    "If the rows are to go, set deletionProtection to false and run `pulumi up` first";

/** Errors: `MV305`. */
export async function requireUnprotected(
    { client, spec }: Pick<RetentionContext, "client" | "spec">,
    observed: ObservedCollection,
): Promise<void> {
    const rows = spec.deletionProtection ? await rowsAtStake(client, observed) : 0;
    if (rows > 0)
        throw new RunError(
            "MV305",
            `${observed.name}: not dropped, it holds ${rows} rows and deletionProtection is set. ${wayOut}`,
        );
}
