import type { Generation } from "../../provider/observe/generation";
import { observeGeneration, observeGenerations } from "../../provider/observe/generations";
import { collectionLife } from "../../provider/resource/collection";
import { moveAliases } from "../../provider/resource/operate/moveAliases";
import { underLease } from "../../provider/resource/operate/underLease";
import { unmark } from "../../provider/resource/generations/unmark";
import { findRetained } from "../../provider/resource/generations/retained";
import { declaredAs, findSubject, type Subject } from "../plan/subject";

/**
 * Finishes what an interrupted run has put in service: its late writes are carried over, and the old collection is dropped
 * or retained, as that run was told. Returns what is there then.
 */
export async function finishInterrupted(subject: Subject): Promise<Subject> {
    const { unfinished, context, name } = subject;
    if (!unfinished) return subject;
    const serves = subject.deployed.outs.collectionName as string;
    await underLease(context, subject.at, { ref: { database: undefined, name: serves }, name }, () =>
        finish(subject, unfinished.old, serves),
    );
    return findSubject(context, name);
}

async function finish(subject: Subject, old: Generation, serves: string): Promise<void> {
    const { context, aliases, deployed, owner, name } = subject;
    const { session } = context;
    const collection = collectionLife(context);
    const replaced = await declaredAs(subject, old.ref.name, aliases === undefined ? name : undefined);
    if (aliases === undefined) {
        // The names are swapped already; the creation of what serves ends that.
        session.pendingReplacements.add(owner, replaced.outs);
        await collection.create(deployed.inputs);
    } else {
        session.activeGenerations.set(owner, deployed.outs);
        await moveAliases(context, owner, old.aliases, { name: serves });
    }
    await collection.delete(replaced.outs);
}

/**
 * Gives the collection up: nobody manages it, and any stack may adopt it. The marker stays while there is something that is
 * found by it: a copy that is not done, or the retained previous collection.
 */
export async function release({ context, at, owner, aliases, name }: Subject, serves: string): Promise<void> {
    const { client } = at;
    const { holder } = context.session;
    const ref = { database: undefined, name: serves };
    const serving = await observeGeneration(client, ref, holder);
    if (!serving || serving.marker?.owner !== owner) return;
    if ((await findRetained(context.session, client, ref)).length > 0) return;
    // A collection that an alias has left may have any name.
    const isMoved = aliases !== undefined && serving.marker.from !== undefined;
    const query = { database: undefined, prefixes: [isMoved ? "" : `${name}_`] };
    const { found } = await observeGenerations(client, query, holder);
    if (found.every((one) => one.marker?.owner !== owner || one.ref.name === serves)) await unmark(at, ref);
}
