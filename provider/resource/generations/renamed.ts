import { setProperties } from "../../milvus/collections";
import { findGeneration } from "../../observe/collection";
import { stampProperties } from "../../observe/stamp";
import type { ObservedCollection, Stamp } from "../../observe/state";
import { RunError } from "../../migration/errors";
import { findPrevious } from "../../migration/properties/previous";
import type { Props, Server } from "../context/context";
import { hidden, prefixesOf, refOf } from "../context/identity";

/** The stack, the project, a parent or the resource itself was renamed: its collection is stamped with the former owner. */
export interface Moved {
    /** The logical name, for people. */
    name: string;
    from: string;
    to: string;
}

export function movedOf(olds: Props, news: Props): Moved | undefined {
    const [{ owner: from }, { owner: to, name }] = [hidden(olds), hidden(news)];
    return from === to ? undefined : { name, from, to };
}

export function movedText({ name, from, to }: Moved): string {
    return `${name}: goes on as ${to}, was ${from}; its collection is marked so, no row moves`;
}

/**
 * A replacement at the same time: later runs look for the old collection by one owner and for the new by another, and
 * what a run that is cut leaves would belong to neither.
 */
export function movedAndReplaced({ name, from, to }: Moved): RunError {
    return new RunError(
        "MV324",
        `${name}: refused, nothing was touched: it is ${to} now and was ${from}, and at the same time it is to be replaced. ` +
            "Put its arguments back to what they were and run `pulumi up` once, which notes the new name; then change them again",
    );
}

/**
 * Stamps a collection with its new owner, and with it what belongs to its generation: the one kept behind it, and copies
 * of a migration that was cut. Comes last the one that the others are found by, so that it can be run again.
 */
export async function stampAnew(
    { client, capabilities }: Server,
    live: ObservedCollection,
    owner: string,
): Promise<void> {
    const { stamp } = live;
    // Where a stamp cannot be altered it stays as it is; the state has the new owner, and what comes is stamped so.
    if (!stamp || stamp.owner === owner || !capabilities.alterProperties) return;
    const ref = refOf(live);
    const write = (name: string, its: Stamp) =>
        setProperties(client, { ...ref, name }, stampProperties({ ...its, owner }));
    const previous = await findPrevious(client, ref, stamp);
    if (previous) await write(previous.ref.name, previous.stamp);
    const copies = new Map<string, Stamp>();
    const isCopy = (its: Stamp | undefined, name: string) => {
        const found = its?.owner === stamp.owner && its.from === stamp.generation && its.state !== "previous";
        if (found) copies.set(name, its);
        return found;
    };
    const formerName = stamp.owner.slice(stamp.owner.lastIndexOf("/") + 1);
    for (const prefix of prefixesOf(formerName, ref, stamp.generation))
        await findGeneration(client, { ...ref, name: prefix }, isCopy);
    for (const [name, its] of copies) await write(name, its);
    await write(ref.name, stamp);
}
