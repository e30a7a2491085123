import { listAliases } from "../../milvus/aliases";
import { type CollectionRef, dropCollection, setProperties } from "../../milvus/collections";
import { releaseCollection } from "../../milvus/loading";
import { flush } from "../../milvus/rows";
import { observeCollection, observeMarker } from "../../observe/collection";
import { rowsAtStake } from "../../observe/rows";
import { markerProperties } from "../../observe/ownershipMarker";
import type { ObservedCollection } from "../../observe/state";
import type { Collection } from "../../inputs/collection";
import { RunError } from "../../migration/errors";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { findPrevious, namePrevious } from "../../migration/properties/previous";
import type { Server } from "../context/context";
import { refOf } from "../context/identity";

/** Where the collections of one resource are, and what its program says of dropping them. */
export interface RetentionContext extends Server {
    owner: string;
    /** The logical name, for people. */
    name: string;
    spec: Pick<Collection, "deletionProtection">;
    print: (line: string) => void;
}

/**
 * Keeps a collection behind its successor instead of dropping it: out of memory, and told by its stamp. The one that was
 * kept behind itself goes. Can be run again.
 */
export async function retain(
    retention: RetentionContext,
    old: ObservedCollection,
    successor: CollectionRef,
): Promise<void> {
    const { client, capabilities, name, print } = retention;
    const ref = refOf(old);
    // A run that is cut after this finds a collection that is not kept yet, and does it again.
    await namePrevious(client, successor, ref);
    await liftFence({ client, ref }, capabilities);
    // Its own owner may be the name that the stack had before.
    const { marker: { owner } = retention } = await observeMarker(client, successor);
    if (old.marker)
        await setProperties(client, ref, markerProperties({ ...old.marker, owner, state: "previous" }));
    // Out of memory its rows are told by the server's books, which know what is stored.
    await flush(client, ref);
    await releaseCollection(client, ref);
    print(
        `${name}: ${ref.name} is kept, released from memory; migration.rollback: "previous" goes back to it`,
    );
    await dropPrevious(retention, old);
}

/** Drops what is kept behind a collection, unless somebody else uses it by an alias, or it is protected. */
export async function dropPrevious(
    retention: RetentionContext,
    { marker, ...live }: ObservedCollection,
): Promise<void> {
    const { client, name, print } = retention;
    const found = marker && (await findPrevious(client, refOf(live), marker));
    const retained = found && !found.restored && (await observeCollection(client, found.ref));
    if (!retained) return;
    const ref = refOf(retained);
    const aliases = await listAliases(client, ref);
    if (aliases.length > 0) {
        print(
            `${name}: ${ref.name} was kept and stays, the alias ${aliases.join(", ")} points at it. ` +
                "Nothing of this stack knows it any more: drop the alias and then the collection once nobody needs them",
        );
        return;
    }
    const rows = await rowsAtStake(client, retained);
    // Not refused: the rows of what is dropped with it are safe, and a deletion goes by the program before.
    if (retention.spec.deletionProtection && rows > 0) {
        print(
            `${name}: ${ref.name} was kept and stays with its ${rows} rows, for deletionProtection is set. ` +
                "Nothing of this stack knows it any more: drop it with a client of Milvus once nobody needs it",
        );
        return;
    }
    print(`${name}: dropping ${ref.name}, which was kept, ${rows} rows with it`);
    await dropCollection(client, ref);
}

/** Errors: `MV305`. */
export async function requireUnprotected(
    { client, spec }: RetentionContext,
    observed: ObservedCollection,
): Promise<void> {
    const rows = spec.deletionProtection ? await rowsAtStake(client, observed) : 0;
    if (rows > 0)
        throw new RunError(
            "MV305",
            `${observed.name}: not dropped, it holds ${rows} rows and deletionProtection is set. Set it to false and run \`pulumi up\` first`,
        );
}
