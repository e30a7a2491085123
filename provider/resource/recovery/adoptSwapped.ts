import { observeCollection } from "../../observe/collection";
import { planCollection } from "../../plan/plan";
import type { RecoveryAction } from "../../plan/recovery/action";
import { load } from "../../migration/lifecycle/indexAndLoad";
import { moveAliases } from "../../migration/cutover/swapNames";
import { asDeployed } from "../context/drift";
import type { Recovered, RecoveryWork } from "./execute";
import { refusalError } from "./refusals";

/**
 * Adopts the copy of an interrupted run that swapped the names before Pulumi recorded it: the old collection has its
 * retired name, and the verified copy serves under the recorded one and may hold newer writes. Its schema has to be the
 * program's. Errors: those of the refusals `gone` and `swapped`.
 */
export async function adoptSwapped(
    { retired, serving, generation }: Extract<RecoveryAction, { kind: "adopt-swapped" }>,
    { client, capabilities, spec, report }: RecoveryWork,
): Promise<Recovered> {
    const source = await observeCollection(client, serving);
    if (!source) throw refusalError({ reason: "gone", name: serving.name });
    const deployed = asDeployed(spec, source, capabilities);
    const plan = planCollection({ deployed, target: spec, source, capabilities, unknowns: false });
    if (plan.replaces.length > 0) throw refusalError({ reason: "swapped", name: serving.name });
    report.say(`an interrupted run already swapped ${serving.name}; finishing that run`);
    await moveAliases(client, retired, serving.name, report);
    await load(client, serving, spec, report);
    return { outcome: { generation, ref: serving } };
}
