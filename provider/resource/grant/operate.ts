import type { Grant } from "../../inputs/schema/grant";
import { operateGrant, revokeRecorded } from "../../milvus/access/operateGrant";
import type { GrantPlace } from "../../milvus/access/roleGrants";
import type { ObjectWork } from "../object";
import { grantsAt, type Left, textOf } from "./place";
import { named, rejectOwn } from "./require";
import { generationAt } from "./follow";

type Work = Pick<ObjectWork<Grant>, "at" | "spec" | "context" | "name">;

/** Gives what is missing. If one is refused, those that were given go again: no state would know that they are ours. */
export async function give({ at, spec }: Work, place: GrantPlace, missing: readonly string[]): Promise<void> {
    const given: string[] = [];
    for (const privilege of missing)
        try {
            await operateGrant(at.client, "Grant", place, privilege);
            given.push(privilege);
        } catch (error) {
            for (const one of given)
                await operateGrant(at.client, "Revoke", place, one).catch(() => undefined);
            throw named(at, spec, privilege, error);
        }
}

/** Takes away what is still there. Errors: `MV425`. */
export async function take({ at }: Work, place: GrantPlace, privileges: readonly string[]): Promise<void> {
    const there = privileges.length > 0 ? await grantsAt(at.client, place) : [];
    const taken = there.filter((one) => privileges.includes(one.privilege));
    const names = [...new Set(taken.map(({ privilege }) => privilege))];
    await rejectOwn(at, place.role, names, textOf(place));
    // By what is recorded: an imported one may be on a type of object that this provider would not choose.
    for (const one of taken) await revokeRecorded(at.client, one);
}

/**
 * Leaves a place. An old generation serves until it is dropped, and its drop takes away what is granted on it; a collection
 * that an alias still points at keeps its grant until the next update of this one.
 */
export async function leave(work: Work, place: GrantPlace, privileges: readonly string[]): Promise<Left[]> {
    if (privileges.length === 0) return [];
    const { at, context, name } = work;
    const generation = await generationAt(at.client, place, context.session.holder);
    if (generation?.successor) return [];
    if (generation && generation.aliases.length > 0) {
        context.print(
            `grant ${name}: ${privileges.join(", ")} on ${textOf(place)} stays for now: the alias ${generation.aliases.join(", ")} points at it. ` +
                "It is taken away with the next change of this Grant, or when the collection is dropped",
        );
        return [{ place, privileges: [...privileges] }];
    }
    await take(work, place, privileges);
    return [];
}
