import { observeCollection } from "../../observe/collection";
import type { RecoveryAction } from "../../plan/recovery/action";
import { retain } from "../generations/retain";
import type { RecoveryWork } from "./execute";

/** Retains an old collection behind its successor, where an interrupted run did not finish that. */
export async function retainOld(
    { old, successor }: Extract<RecoveryAction, { kind: "retain" }>,
    work: RecoveryWork,
): Promise<void> {
    const observed = await observeCollection(work.client, old.ref);
    if (observed) await retain(work, observed, successor);
}
