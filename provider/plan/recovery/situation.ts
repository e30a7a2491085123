import type { Generation, Generations } from "../../observe/generation";
import type { Marked } from "./action";

/** The recorded state of a resource, and its collections on the server. */
export interface Situation extends Generations {
    owner: string;
    recorded: Recorded;
    /** The name that an interrupted change in place has given the recorded collection. */
    renamed?: string | undefined;
}

/** The collection as the state records it. */
export interface Recorded {
    name: string;
    generation: string;
    /** False where the server stores no marker on an adopted collection, which is then identified by its name alone. */
    isMarked: boolean;
}

/** The collection with this name. */
export function named(
    { found }: Pick<Generations, "found">,
    name: string | undefined,
): Generation | undefined {
    return found.find(({ ref }) => ref.name === name);
}

/**
 * The recorded generation: under the recorded name, under the name that a swap has given it, or under the one that an
 * interrupted rename has given it. Another generation under the recorded name does not count.
 */
export function locateRecorded(situation: Omit<Situation, "owner">): Generation | undefined {
    const { recorded, found, renamed } = situation;
    const there = named(situation, recorded.name);
    const isUnmarked = there !== undefined && !there.marker && !recorded.isMarked;
    if (isUnmarked || there?.marker?.generation === recorded.generation) return there;
    const own = found.filter(({ marker }) => marker?.generation === recorded.generation);
    return own.find(({ ref }) => ref.name.startsWith(recorded.name)) ?? named({ found: own }, renamed);
}

/** Collections that took over, or were to take over, the rows of a generation; retained ones are excluded. */
export function copiesOf(
    { found }: Pick<Generations, "found">,
    generation: string,
    owner: string,
): readonly Marked[] {
    return found
        .filter(isMarked)
        .filter(
            ({ marker }) =>
                marker.owner === owner && marker.from === generation && marker.state !== "previous",
        );
}

/** What a worker has put in the place of the recorded generation, which the state does not know yet. */
export function switchedByWorker(situation: Situation): Marked | undefined {
    const { recorded, owner } = situation;
    const at = locateRecorded(situation);
    // Until its last alias has moved, the old collection serves.
    if (at && at.aliases.length > 0) return undefined;
    return copiesOf(situation, recorded.generation, owner).find(
        ({ marker, detached, aliases }) =>
            marker.state === "live" && (at ? detached === "worker" && aliases.length > 0 : true),
    );
}

export const isMarked = (one: Generation | undefined): one is Marked => one?.marker !== undefined;

/** The name that a swap gives the old collection until it is dropped. */
export const retiredName = (recorded: Recorded): string => `${recorded.name}_${recorded.generation}`;
