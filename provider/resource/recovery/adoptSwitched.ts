import type { Collection } from "../../inputs/schema/collection";
import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { observeCollection } from "../../observe/collection";
import type { Capabilities } from "../../observe/state";
import { planCollection } from "../../plan/plan";
import type { RecoveryAction } from "../../plan/recovery/action";
import { asDeployed } from "../context/drift";
import type { Recovered, RecoveryWork } from "./execute";
import { refusalError } from "./refusals";

/**
 * Adopts the collection that a worker has switched to: the state of the stack has the old one, which may be gone. It has to be
 * what the program declares. Errors: `MV358`.
 */
export async function adoptSwitched(
    { serving, generation }: Extract<RecoveryAction, { kind: "adopt-switched" }>,
    { client, capabilities, name, spec, report }: RecoveryWork,
): Promise<Recovered> {
    if (!(await isAsDeclared(client, capabilities, serving, spec)))
        throw refusalError({ reason: "switched", name, serving: serving.name });
    report.say(`a worker has switched to ${serving.name}; no rows are copied`);
    return { outcome: { generation, ref: serving } };
}

/** Whether a collection is what the program declares, so that nothing would be changed. */
export async function isAsDeclared(
    client: MilvusClient,
    capabilities: Capabilities,
    ref: CollectionRef,
    spec: Collection,
): Promise<boolean> {
    const source = await observeCollection(client, ref);
    if (!source) return false;
    const deployed = asDeployed(spec, source, capabilities);
    const plan = planCollection({ deployed, target: spec, source, capabilities, unknowns: false });
    return plan.verdict === "none" || plan.verdict === "state-only";
}
