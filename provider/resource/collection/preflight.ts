import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection, observeMarker } from "../../observe/collection";
import { changeRefusal } from "../../observe/capabilities";
import { observeGenerations } from "../../observe/generations";
import { rowsAtStake } from "../../observe/rows";
import { unknownValue } from "../../inputs/argumentScan";
import { parseCollection } from "../../inputs/parse";
import type { Collection } from "../../inputs/schema/collection";
import { reportOf } from "../context/reportOf";
import { ignoredProperties } from "../../plan/mapping/ignoredProperties";
import { ignoredMemory } from "../../plan/mapping/memorySettings";
import { nameConflict } from "../../migration/lifecycle/build";
import type { Context, Server } from "../context/context";
import { compareCollection } from "../context/compare";
import { autoName } from "../context/identity";
import { isObstacle, type Obstacle, obstaclesOf, reach } from "../preflight/obstacles";
import { findingText, unsupported } from "../context/planBlocked";
import { hiddenInputs } from "../context/resourceState";
import { rejectBlindReplace } from "../recovery/blindReplace";
import type { Props } from "../session/props";
import { adoptable, adoptionText, ofAnother, toldKey, whose } from "./adopt";

interface Creation {
    at: Server;
    context: Context;
    owner: string;
    name: string;
}

/**
 * What would fail the creation of a collection. Pulumi asks for no diff of a new resource, and a preview calls `check` alone:
 * what the server refuses is found here, and nothing is changed. A replacement was planned by its diff.
 */
export async function preflight(context: Context, props: Props): Promise<Obstacle[]> {
    const { owner, name } = hiddenInputs(props);
    if (context.session.pendingReplacements.of(owner)) return [];
    const at = await reach(context, props);
    if (at === undefined) return [];
    if (isObstacle(at)) return [at];
    const creation = { at, context, owner, name };
    const { spec } = parseCollection(props);
    // A part is known only at `pulumi up`; the name may be known now.
    if (!spec) return obstaclesOf([() => rejectTaken(creation, namedRef(props))]);
    if (spec.adopt) {
        const adoption = await adopted(creation, spec);
        if (adoption) return adoption;
    }
    const report = reportOf(context, name);
    for (const ignored of [
        ...ignoredProperties(spec.properties, at.capabilities),
        ...ignoredMemory(spec, at.capabilities),
    ])
        report.say(`warning: ${findingText(ignored)}`);
    const lacking = unsupported(spec, at.capabilities).map(findingText);
    return [
        ...lacking.map((message): Obstacle => ({ kind: "refused", message })),
        ...(await obstaclesOf([
            () => rejectTaken(creation, namedRef({ ...spec })),
            () => rejectBlind(creation, spec),
            () => rejectForbidden(at),
        ])),
    ];
}

/** Tells what an adoption would change, or what it is refused for; undefined where there is nothing to adopt. */
async function adopted(
    { at, context, owner, name }: Creation,
    spec: Collection,
): Promise<Obstacle[] | undefined> {
    const ref = namedRef({ ...spec });
    if (!ref) return undefined;
    let isThere = false;
    const obstacles = await obstaclesOf([
        async () => {
            const source = await adoptable(at.client, ref);
            if (!source) return;
            isThere = true;
            const claim = { owner, run: context.session.run };
            if ((await whose(at, source, ref, claim)) === "foreign") throw ofAnother(at, source, false);
            const lines = adoptionText(compareCollection(spec, source, at.capabilities), ref.name);
            const text = lines.length === 0 ? [`${ref.name} is adopted as it is`] : lines;
            const report = reportOf(context, name);
            for (const line of text) {
                report.say(line);
                context.session.warned.add(toldKey(owner, line));
            }
        },
    ]);
    return isThere || obstacles.length > 0 ? obstacles : undefined;
}

/** The collection that a program names; undefined where the name is made up, or known only at `pulumi up`. */
function namedRef({ name, database }: Props): CollectionRef | undefined {
    if (typeof name !== "string" || name === unknownValue || database === unknownValue) return undefined;
    return { database: database as string | undefined, name };
}

async function rejectTaken({ at, owner }: Creation, ref: CollectionRef | undefined): Promise<void> {
    const conflict = ref && (await nameConflict(at.client, ref, owner));
    if (conflict === undefined || conflict === "abandoned") return;
    // One of the resource's own may be dropped before (`deleteBeforeReplace`), unless it has rows.
    if (conflict.code === "MV301" && (await isOwnAndEmpty(at, ref!, owner))) return;
    throw conflict;
}

async function isOwnAndEmpty({ client }: Server, ref: CollectionRef, owner: string): Promise<boolean> {
    if ((await observeMarker(client, ref)).marker?.owner !== owner) return false;
    const observed = await observeCollection(client, ref);
    return observed === undefined || (await rowsAtStake(client, observed)) === 0;
}

/** Errors: `MV204` where this user may not create collections. */
async function rejectForbidden({ client }: Server): Promise<void> {
    const refusal = await changeRefusal(client);
    if (refusal) throw refusal;
}

async function rejectBlind({ at, context, owner, name }: Creation, spec: Collection): Promise<void> {
    const query = { database: spec.database, prefixes: [autoName(name, "")] };
    const seen = await observeGenerations(at.client, query, context.session.holder);
    await rejectBlindReplace(seen, { client: at.client, owner, name, spec });
}
