import type { Grant } from "../../inputs/schema/grant";
import type { GrantPlace } from "../../milvus/access/roleGrants";
import type { ObjectWork } from "../object";
import type { Props } from "../session/props";
import { collectionIdAt, successorsOf } from "./follow";
import { give, leave, take } from "./operate";
import { declaredIn, givenBy, type Left, leftBy, placeOf, privilegesAt, textOf } from "./place";
import { requireRole, requireSupported } from "./require";

type Work = ObjectWork<Grant>;

/** Gives what the role does not have, and records it: what it had already stays when the Grant goes. */
export async function create(work: Work): Promise<Props> {
    const { at, spec, context, name } = work;
    await requireRole(at.client, spec.role);
    const place = placeOf(at.client, spec);
    const declared = declaredIn(spec);
    const there = await privilegesAt(at.client, place);
    const had = declared.filter((one) => there.includes(one));
    const missing = declared.filter((one) => !had.includes(one));
    await give(work, place, missing);
    if (had.length > 0 && !spec.adopt)
        context.print(
            `grant ${name}: ${spec.role} had ${had.join(", ")} on ${textOf(place)} already, and keeps it when this Grant is removed. Set adopt: true to take it away as well`,
        );
    return outputs(work, place, spec.adopt ? declared : missing, []);
}

/** Gives first, at the new place, and then takes away at the old one what this Grant has given. */
export async function update(work: Work, deployed: Grant, recorded: Props): Promise<Props> {
    const { at, spec } = work;
    await requireSupported(at, spec);
    await requireRole(at.client, spec.role);
    const [from, to] = [placeOf(at.client, deployed), placeOf(at.client, spec)];
    const isMoved = !isSamePlace(from, to);
    const given = givenBy(recorded, deployed);
    const declared = declaredIn(spec);
    const there = await privilegesAt(at.client, to);
    const missing = declared.filter((one) => !there.includes(one));
    await give(work, to, missing);
    // A migration has granted on the new collection what the old one has.
    const ours = !isMoved || (await isCarried(work, from, to, recorded)) ? given : [];
    await take(
        work,
        to,
        ours.filter((one) => !declared.includes(one)),
    );
    const left = [...(await leaveAll(work, leftBy(recorded), to))];
    if (isMoved) left.push(...(await leave(work, from, given)));
    const kept = declared.filter((one) => ours.includes(one) || missing.includes(one));
    return outputs(work, to, spec.adopt ? declared : kept, left);
}

/** Takes away what this Grant has given, also where a migration has carried it. */
export async function remove(work: Work): Promise<void> {
    const { at, spec, props, context } = work;
    const place = placeOf(at.client, spec);
    const given = givenBy(props, spec);
    for (const one of [place, ...(await successorsOf(at.client, place, context.session.holder))])
        await take(work, one, given);
    for (const { place: one, privileges } of leftBy(props)) await take(work, one, privileges);
}

async function leaveAll(work: Work, left: readonly Left[], to: GrantPlace): Promise<Left[]> {
    const still: Left[] = [];
    for (const { place, privileges } of left)
        if (!isSamePlace(place, to)) still.push(...(await leave(work, place, privileges)));
    return still;
}

/** Whether the rows of the former collection are in the new one: its successor, or the same under another name. */
async function isCarried(
    { at: { client }, context }: Work,
    from: GrantPlace,
    to: GrantPlace,
    recorded: Props,
): Promise<boolean> {
    const after = await successorsOf(client, from, context.session.holder);
    if (after.some((one) => isSamePlace(one, to))) return true;
    const id = recorded.__collectionId;
    return id !== undefined && id === (await collectionIdAt(client, to));
}

async function outputs(
    { at: { client } }: Work,
    place: GrantPlace,
    given: string[],
    left: Left[],
): Promise<Props> {
    return { __given: given, __left: left, __collectionId: await collectionIdAt(client, place) };
}

const isSamePlace = (a: GrantPlace, b: GrantPlace): boolean =>
    a.role === b.role && a.database === b.database && a.collection === b.collection;
