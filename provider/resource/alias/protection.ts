import { rowsText } from "../../inputs/report/figures";
import type { Alias } from "../../inputs/schema/alias";
import type { CollectionRef } from "../../milvus/collection/collections";
import { RunError } from "../../migration/errors";
import { observeCollection } from "../../observe/collection";
import { isProtected } from "../../observe/protection";
import { observeRows, rowsAtStake } from "../../observe/rows";
import type { ObservedCollection } from "../../observe/state";
import type { Server } from "../context/context";
import { refOf } from "../context/identity";
import { wayOut } from "../generations/retain";
import type { Session } from "../session/session";

/** Readers are protected with the rows. Errors: `MV305` where the alias is to be dropped. */
export async function requireDroppable(
    session: Session,
    { client }: Server,
    { name, database }: Alias,
    current: string,
): Promise<void> {
    const observed = await observeCollection(client, { database, name: current });
    if (!observed || isReplaced(session, observed) || !(await protects(session, client, observed))) return;
    const rows = await rowsAtStake(client, observed);
    if (rows > 0)
        throw new RunError(
            "MV305",
            `alias ${name}: not dropped, ${current} holds ${rowsText(rows)} and deletionProtection is set. ${wayOut}`,
        );
}

/** Rows that clients of an alias lose when it moves. */
export interface LeftBehind {
    rows: number;
    /** The empty collection that the alias would move to; undefined where it is still to be created. */
    target: string | undefined;
    isProtected: boolean;
    /** Undefined where nobody marked the collection. */
    owner: string | undefined;
    /** Whether the program of this run has the collection. */
    isDeclared: boolean;
}

/** Those of a collection that no migration has carried over, where the new one is empty; undefined where there are none. */
export async function leftBehind(
    session: Session,
    { client }: Server,
    from: CollectionRef,
    /** Undefined where it is still to be created. */
    to: CollectionRef | undefined,
): Promise<LeftBehind | undefined> {
    const [old, target] = [
        await observeCollection(client, from),
        to && (await observeCollection(client, to)),
    ];
    if (!old || (target && isSuccessor(target, old))) return undefined;
    if (target && (await observeRows(client, target)) > 0) return undefined;
    const rows = await observeRows(client, old);
    if (rows === 0) return undefined;
    const { marker } = old;
    return {
        rows,
        target: target?.name,
        isProtected: await protects(session, client, old),
        owner: marker?.owner,
        isDeclared: marker !== undefined && session.declaredProtection(marker.generation) !== undefined,
    };
}

/** Errors: `MV350`. Rows that nobody protects are left with a warning. */
export function requireUnprotected(
    alias: string,
    from: string,
    { rows, target, isProtected: isKept }: LeftBehind,
    warn: (line: string) => void,
): void {
    if (isKept)
        throw new RunError(
            "MV350",
            `alias ${alias}: not moved, ${from} holds ${rowsText(rows)} and deletionProtection is set, and ${target ?? "the collection that the alias would move to"} has none. ${wayOut}`,
        );
    warn(
        `warning: alias ${alias}: ${from} holds ${rowsText(rows)}, and the collection that the alias moves to has none. ` +
            "If you renamed a resource, or moved it to a parent, add its former name or parent as `aliases` to its options [MV351]",
    );
}

async function protects(
    session: Session,
    client: Server["client"],
    observed: ObservedCollection,
): Promise<boolean> {
    const declared = observed.marker && session.declaredProtection(observed.marker.generation);
    return declared ?? (await isProtected(client, refOf(observed)));
}

/** Its rows are in another collection since: in another database, or on another server. */
function isReplaced({ activeGenerations }: Session, { marker }: ObservedCollection): boolean {
    const active = marker && activeGenerations.of(marker.owner);
    return active !== undefined && active.generation !== marker?.generation;
}

const isSuccessor = ({ marker }: ObservedCollection, old: ObservedCollection): boolean =>
    marker?.from !== undefined && marker.from === old.marker?.generation;
