import type { Cutover } from "../../migration/cutover/cutover";
import { keyOn, type Place } from "./keyOn";

interface ActiveCutover {
    generation: string;
    target: Place;
    cutover: Cutover;
}

/**
 * Cutovers of copies that this process has made or resumed, until their old collections are dropped: the alias and the
 * deletion come in calls of their own. Another process resumes a cutover by what stands on the copy and in its baseline.
 */
export class ActiveCutovers {
    private active: ActiveCutover[] = [];
    private readonly resuming = new Map<string, Promise<Cutover | undefined>>();

    /** The rows of `generation` are in `target` now. */
    add(generation: string, target: Place, cutover: Cutover): void {
        this.remove(generation);
        this.active.push({ generation, target, cutover });
    }

    /** That of an alias' new target. */
    byTarget(place: Place): Cutover | undefined {
        return this.active.find(({ target }) => keyOn(target) === keyOn(place))?.cutover;
    }

    /** That of a collection which is about to be dropped. */
    bySource(generation: string): Cutover | undefined {
        return this.active.find((one) => one.generation === generation)?.cutover;
    }

    /** Where its rows are; a swap renames that, and no other process is part of a swap. */
    targetOf(generation: string): Place | undefined {
        return this.active.find((one) => one.generation === generation)?.target;
    }

    remove(generation: string): void {
        this.active = this.active.filter((one) => one.generation !== generation);
    }

    /** Several aliases move at once: those of one target wait for the same cutover. */
    resume(target: Place, begin: () => Promise<Cutover | undefined>): Promise<Cutover | undefined> {
        const key = keyOn(target);
        const begun = this.resuming.get(key) ?? begin();
        this.resuming.set(key, begun);
        return begun.finally(() => this.resuming.delete(key));
    }
}
