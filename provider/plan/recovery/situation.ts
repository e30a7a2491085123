import type { Generation, Generations } from "../../observe/generation";
import type { Marked } from "./action";

/** What the state says of a resource, and what stands on its server. */
export interface Situation extends Generations {
    owner: string;
    recorded: Recorded;
}

/** Where the state says that a collection is. */
export interface Recorded {
    name: string;
    generation: string;
    /** False where the server keeps no marker on what it adopted: the name is the only sign of it. */
    isMarked: boolean;
}

/** The collection under a name. */
export function named(
    { found }: Pick<Generations, "found">,
    name: string | undefined,
): Generation | undefined {
    return found.find(({ ref }) => ref.name === name);
}

/**
 * The recorded generation: under the recorded name, or under the one that a swap has left it with. Another generation that
 * has its name by now does not count.
 */
export function locateRecorded(situation: Omit<Situation, "owner">): Generation | undefined {
    const { recorded, found } = situation;
    const there = named(situation, recorded.name);
    const isUnmarked = there !== undefined && !there.marker && !recorded.isMarked;
    if (isUnmarked || there?.marker?.generation === recorded.generation) return there;
    return found.find(
        ({ marker, ref }) => marker?.generation === recorded.generation && ref.name.startsWith(recorded.name),
    );
}

/** Collections that took, or were to take, the rows of a generation. A retained one is none of them. */
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

export const isMarked = (one: Generation | undefined): one is Marked => one?.marker !== undefined;

/** The name that a swap gives the old collection until it is dropped. */
export const retiredName = (recorded: Recorded): string => `${recorded.name}_${recorded.generation}`;
