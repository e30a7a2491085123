import { type RecoveryAction, refuse } from "./action";
import { isMarked, locateRecorded, named, retiredName, type Situation } from "./situation";

/**
 * Before a refresh: what an interrupted cutover left is put right. A refresh that runs beside an `up` leaves that one's
 * cutover alone; a collection of another owner is only read.
 */
export function planRefresh(situation: Situation): RecoveryAction[] {
    const at = locateRecorded(situation);
    if (at?.marker?.owner !== situation.owner) return [];
    if (at.successor && isCopyInWork(situation)) return [];
    return [...liftFence(at), ...restoreRetired(situation, at)];
}

/** Before a change in place. The collection whose name the successor has by now must not be changed. */
export function planUpdate(situation: Situation): RecoveryAction[] {
    const { recorded } = situation;
    const at = locateRecorded(situation);
    if (!at) return [refuse({ reason: "gone", name: recorded.name })];
    const restored = restoreRetired(situation, at);
    if (restored.length === 0 && at.ref.name !== recorded.name) {
        const there = named(situation, recorded.name);
        if (there?.marker?.from === recorded.generation)
            return [refuse({ reason: "swapped", name: recorded.name })];
    }
    return [...liftFence(at), ...restored];
}

/** Before a migration: which collection is its source, or whether an interrupted run has made the outcome already. */
export function planReplace(situation: Situation): RecoveryAction[] {
    const { recorded, owner, names } = situation;
    const { name, generation } = recorded;
    const at = locateRecorded(situation);
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
    // Whatever name it has: a migration starts from the recorded one, where nobody else has it.
    return [
        ...liftFence(at),
        ...(names.has(name) ? [] : [{ kind: "restore-name" as const, at: at.ref, name }]),
    ];
}

function isCopyInWork(situation: Situation): boolean {
    return situation.found.some(
        ({ marker, lease }) => marker?.from === situation.recorded.generation && lease === "held",
    );
}

const liftFence = ({ ref, isFenced }: { ref: Situation["found"][number]["ref"]; isFenced: boolean }) =>
    isFenced ? [{ kind: "lift-fence" as const, at: ref }] : [];

/** Another name than the retired one was given by hand, and is kept. */
function restoreRetired(situation: Situation, { ref }: { ref: Situation["found"][number]["ref"] }) {
    const { recorded, names } = situation;
    const isRetired = ref.name === retiredName(recorded);
    return isRetired && !names.has(recorded.name)
        ? [{ kind: "restore-name" as const, at: ref, name: recorded.name }]
        : [];
}
