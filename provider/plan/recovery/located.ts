import type { Generation } from "../../observe/generation";
import { type RecoveryAction, refuse } from "./action";
import { isMarked, locateRecorded, named, retiredName, type Situation, switchedByWorker } from "./situation";

/**
 * Before a refresh: repairs what an interrupted cutover left. A refresh that runs beside an `up` does not touch the cutover
 * of that run, and a collection of another owner is only read.
 */
export function planRefresh(situation: Situation): RecoveryAction[] {
    const at = locateRecorded(situation);
    if (at?.marker?.owner !== situation.owner) return [];
    if (at.successor && isCopyInWork(situation)) return [];
    return [...liftFence(at), ...restoreRetired(situation, at)];
}

/** Before a change in place. Where the successor has the recorded name now, nothing must be changed. */
export function planUpdate(situation: Situation): RecoveryAction[] {
    const { recorded } = situation;
    const at = locateRecorded(situation);
    const switched = switchedByWorker(situation);
    if (switched) return [refuse({ reason: "switched", name: recorded.name, serving: switched.ref.name })];
    const worker = swappedByWorker(situation, at);
    if (worker) return [refuse({ reason: "switching", name: recorded.name, copy: worker.ref.name })];
    if (!at) return [refuse({ reason: "gone", name: recorded.name })];
    const restored = restoreRetired(situation, at);
    if (restored.length === 0 && at.ref.name !== recorded.name) {
        const there = named(situation, recorded.name);
        if (there?.marker?.from === recorded.generation)
            return [refuse({ reason: "swapped", name: recorded.name })];
    }
    return [...liftFence(at), ...restored];
}

/** Before a migration: locates its source, or finds that an interrupted run already finished it. */
export function planReplace(situation: Situation): RecoveryAction[] {
    const { recorded, owner, names } = situation;
    const { name, generation } = recorded;
    const at = locateRecorded(situation);
    const switched = switchedByWorker(situation);
    if (switched)
        return [{ kind: "adopt-switched", serving: switched.ref, generation: switched.marker.generation }];
    const worker = swappedByWorker(situation, at);
    if (worker) return [refuse({ reason: "switching", name, copy: worker.ref.name })];
    if (!at) return [refuse({ reason: "gone", name })];
    if (at.ref.name === name) return names.has(name) ? liftFence(at) : [refuse({ reason: "unlisted", name })];
    const there = named(situation, name);
    if (isMarked(there) && there.marker.owner === owner && there.marker.from === generation)
        return [
            {
                kind: "adopt-swapped",
                retired: at.ref,
                serving: there.ref,
                generation: there.marker.generation,
            },
        ];
    // A migration starts from the recorded name, unless another collection has it.
    return [
        ...liftFence(at),
        ...(names.has(name) ? [] : [{ kind: "restore-name" as const, at: at.ref, name }]),
    ];
}

/** The copy of a worker that has given the old collection its retired name, and is still at work. */
function swappedByWorker(situation: Situation, at: Generation | undefined): Generation | undefined {
    const { recorded, found } = situation;
    if (at?.ref.name !== retiredName(recorded) || at.ref.name === recorded.name) return undefined;
    return found.find(
        ({ marker, lease, detached }) =>
            marker?.from === recorded.generation && lease === "held" && detached === "worker",
    );
}

function isCopyInWork(situation: Situation): boolean {
    return situation.found.some(
        ({ marker, lease }) => marker?.from === situation.recorded.generation && lease === "held",
    );
}

const liftFence = ({ ref, isFenced }: { ref: Situation["found"][number]["ref"]; isFenced: boolean }) =>
    isFenced ? [{ kind: "lift-fence" as const, at: ref }] : [];

/** Any name other than the retired one was given by hand and is kept. */
function restoreRetired(situation: Situation, { ref }: { ref: Situation["found"][number]["ref"] }) {
    const { recorded, names } = situation;
    const isRetired = ref.name === retiredName(recorded);
    return isRetired && !names.has(recorded.name)
        ? [{ kind: "restore-name" as const, at: ref, name: recorded.name }]
        : [];
}
