import { type AliasRef, dropAlias as dropAliasAlone } from "../collection/aliases";
import { type CollectionRef, dropCollection as dropCollectionAlone } from "../collection/collections";
import type { MilvusClient } from "../transport/client";
import type { ErrorKind } from "../transport/errors";
import { revoke, revokeRecorded } from "./operateGrant";
import { unlessRefused } from "./refused";
import { type Grant, grantsIn, grantsOn } from "./roleGrants";

/**
 * Until 2.6.11 a grant belongs to a name: it outlives what had the name, and whoever gets the name next inherits it. Since
 * 2.6.12 it goes with the collection (milvus-io/milvus 47850, 48052, 48140).
 */
const GRANTS_STAY = /^v?2\.([0-5]\.|6\.(\d|1[01])(?!\d))/;

/** Takes a line for a person: which grants stay on a name, because this user may not read or take them (MV450). */
type Warn = (line: string) => void;

/** Drops a collection by its own name, and what is granted on it. */
export const dropCollection = (client: MilvusClient, ref: CollectionRef, warn?: Warn): Promise<void> =>
    droppingName(client, ref, () => dropCollectionAlone(client, ref), warn);

/** Drops an alias, and what is granted on its name. */
export const dropAlias = (client: MilvusClient, ref: AliasRef, warn?: Warn): Promise<void> =>
    droppingName(
        client,
        { database: ref.database, name: ref.alias },
        () => dropAliasAlone(client, ref),
        warn,
    );

/**
 * Runs the drop of a collection or of an alias, and takes away what is granted on its name: before, so that it is known, and
 * after, so that nobody is refused while it serves.
 */
async function droppingName(
    client: MilvusClient,
    ref: CollectionRef,
    drop: () => Promise<void>,
    warn?: Warn,
): Promise<void> {
    const stays = staying(
        warn,
        (reason) =>
            `${ref.name}: what roles are granted on this name stays (${reason}). A later collection or alias of the name inherits it`,
    );
    const left = GRANTS_STAY.test(client.serverVersion ?? "")
        ? await unlessRefused(() => grantsOn(client, ref), stays())
        : undefined;
    await drop();
    for (const one of left ?? []) await unlessRefused(() => revoke(client, ref, one), stays(one));
}

/** Takes away everything that is granted in a database that is about to be dropped. */
export async function revokeInDatabase(client: MilvusClient, database: string, warn?: Warn): Promise<void> {
    const stays = staying(
        warn,
        (reason) =>
            `database ${database}: what roles are granted in it stays (${reason}). A later database of the name inherits it`,
    );
    for (const one of (await unlessRefused(() => grantsIn(client, database), stays())) ?? [])
        await unlessRefused(() => revokeRecorded(client, one), stays(one));
}

/** Tells of what this user may not read or take. A server without roles has nothing to tell. */
function staying(warn: Warn | undefined, line: (reason: string) => string) {
    return (one?: Grant) => (message: string, kind: ErrorKind) => {
        const reason = one ? `${one.privilege} of ${one.role}; ${message}` : message;
        if (kind === "forbidden") warn?.(`warning: ${line(reason)}: revoke it by hand [MV450]`);
    };
}
