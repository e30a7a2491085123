import { listAliases, resolveName } from "../../provider/milvus/collection/aliases";
import { type CollectionRef, listCollections } from "../../provider/milvus/collection/collections";
import { closest } from "../../provider/inputs/report/didYouMean";
import type { Generation } from "../../provider/observe/generation";
import { observeGeneration, observeGenerations } from "../../provider/observe/generations";
import { changedByCommand, commandOwner } from "../../provider/observe/ownershipMarker";
import { type Context, server, type Server } from "../../provider/resource/context/context";
import { importCollection } from "../../provider/resource/collection/import";
import { parseOwner } from "../../provider/resource/session/owner";
import type { Props } from "../../provider/resource/session/props";
import { CommandError } from "../errors";

/** What the command was told to change. */
export interface Subject {
    /** As the user gives it: the name of a collection, or of an alias. */
    name: string;
    context: Context;
    at: Server;
    owner: string;
    /** Aliases that move to a new collection, this one first; undefined where it takes over the name instead. */
    aliases: readonly string[] | undefined;
    /** The collection as a program would declare it, and as a state would record it. */
    deployed: Deployed;
    /** What an interrupted run has put in service, without dropping the old collection. */
    unfinished: { old: Generation } | undefined;
}

export interface Deployed {
    /** Where the server has it now. */
    found: CollectionRef;
    inputs: Props;
    outs: Props;
}

/** Finds the collection, and what an interrupted run has left of it. Changes nothing. Errors: `MV520`, `MV521`, `MV522`. */
export async function findSubject(context: Context, name: string): Promise<Subject> {
    const at = await server(context, {});
    const { client } = at;
    const { holder } = context.session;
    const owner = commandOwner(name);
    const resolved = await resolveName(client, own(name));
    const subject = { name, context, at, owner };
    if (resolved.kind === "free") return { ...subject, ...(await betweenNames(subject)) };
    const ref = own(resolved.kind === "alias" ? resolved.collection : name);
    // Once another alias has moved, this one has: a later run finds the collection that serves.
    const aliases =
        resolved.kind === "alias"
            ? [name, ...(await listAliases(client, ref)).filter((alias) => alias !== name)]
            : undefined;
    const serving = await observeGeneration(client, ref, holder);
    if (!serving) throw await nothingThere(subject);
    requireUnowned(serving, owner);
    const deployed = await declaredAs(subject, ref.name, aliases === undefined ? name : undefined);
    const old = await replacedBy(subject, serving, aliases !== undefined);
    return { ...subject, aliases, deployed, unfinished: old && { old } };
}

type Named = Pick<Subject, "name" | "context" | "at" | "owner">;

/** In the database of the connection. */
const own = (name: string): CollectionRef => ({ database: undefined, name });

/**
 * The collection as it is. With `as`, it is to have this name, whatever it is called now; without it, the command makes
 * names up, because clients use its aliases.
 */
export async function declaredAs(
    { context, owner, name }: Named,
    physical: string,
    as: string | undefined,
): Promise<Deployed> {
    const hidden = { __owner: owner, __logicalName: name };
    const imported = await importCollection(context, physical, hidden);
    if (!imported) throw new CommandError("MV520", `there is no collection ${physical}`);
    const { name: _name, __generation: _generation, ...inputs } = imported.inputs;
    const { name: _former, __generation: _own, ...outs } = imported.outs;
    const named = as === undefined ? {} : { name: as };
    return {
        found: own(physical),
        inputs: { ...inputs, ...named, ...hidden },
        outs: { ...outs, ...named, ...hidden, ...(as !== undefined && { collectionName: as }) },
    };
}

/** A run that was killed between its two renames has left the name to nobody. */
async function betweenNames(subject: Named): Promise<Omit<Subject, keyof Named>> {
    const { name, owner, at, context } = subject;
    const query = { database: undefined, prefixes: [`${name}_`] };
    const { found } = await observeGenerations(at.client, query, context.session.holder);
    const old = found.find(
        ({ marker, ref, successor }) =>
            marker?.owner === owner &&
            ref.name === `${name}_${marker.generation}` &&
            successor?.name === name,
    );
    if (!old) throw await nothingThere(subject);
    const deployed = await declaredAs(subject, old.ref.name, name);
    return { aliases: undefined, deployed, unfinished: undefined };
}

/** The collection whose rows `serving` has taken over, where an interrupted run has not dropped it. */
async function replacedBy(
    { name, owner, at, context }: Named,
    { marker, ref }: Generation,
    isAlias: boolean,
): Promise<Generation | undefined> {
    if (marker?.owner !== owner || marker.from === undefined) return undefined;
    // A collection behind an alias may have any name.
    const query = { database: undefined, prefixes: [isAlias ? "" : `${name}_`] };
    const { found } = await observeGenerations(at.client, query, context.session.holder);
    return found.find(
        (one) =>
            one.marker?.owner === owner &&
            one.marker.generation === marker.from &&
            one.marker.state !== "previous" &&
            one.successor?.name === ref.name,
    );
}

function requireUnowned({ marker, ref }: Generation, owner: string): void {
    if (!marker || marker.owner === owner) return;
    const other = changedByCommand(marker.owner);
    if (other !== undefined)
        throw new CommandError(
            "MV522",
            `${ref.name}: \`pulumi-milvus alter --collection ${other}\` has begun to change it, or retains its previous collection. No changes made. ` +
                `Use the name ${other}, or end what was begun with \`pulumi-milvus abort\``,
        );
    const { stack, logicalName } = parseOwner(marker.owner);
    throw new CommandError(
        "MV521",
        `${ref.name} is managed by the Pulumi stack ${stack} (resource ${logicalName}): its next \`pulumi up\` would undo the change. No changes made. ` +
            "Change the collection in that program and run `pulumi up`",
    );
}

async function nothingThere({ at: { client }, name }: Named): Promise<CommandError> {
    const meant = closest(name, await listCollections(client, undefined));
    const hint = meant === undefined ? "" : `. Did you mean "${meant}"?`;
    return new CommandError(
        "MV520",
        `${client.target}: there is no collection and no alias ${name} in the database ${client.database}${hint}`,
    );
}
