import type { BegunPlan } from "../../observe/generation";
import { retainedBehind } from "./previous";
import { copiesOf, locateRecorded, type Situation } from "./situation";

/** The approved plan that an interrupted migration of the recorded generation carries out, or an interrupted rollback. */
export function approvedOn(situation: Situation): BegunPlan | undefined {
    const { recorded, owner } = situation;
    const copy = copiesOf(situation, recorded.generation, owner).find(({ approved }) => approved);
    if (copy) return copy.approved;
    // A rollback makes no copy: almost to its end the retained collection is marked as such. One that ended has no lease.
    const active = locateRecorded(situation);
    const retained = active ? retainedBehind(situation, active) : [];
    return retained.find(({ at }) => at.approved && at.lease !== "none")?.at.approved;
}
