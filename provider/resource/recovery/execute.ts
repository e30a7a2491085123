import { type CollectionRef, renameCollection, setProperties } from "../../milvus/collection/collections";
import { targetOf } from "../../milvus/collection/following";
import { markerProperties } from "../../observe/ownershipMarker";
import type { Collection } from "../../inputs/schema/collection";
import type { RecoveryAction } from "../../plan/recovery/action";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { load, loadRenamed } from "../../migration/lifecycle/indexAndLoad";
import { reportStaleName } from "../../migration/lifecycle/stale";
import { rejectStrayDatabase } from "../../migration/lifecycle/strayDatabase";
import type { Cutover } from "../../migration/cutover/cutover";
import type { Report } from "../../migration/report";
import type { Context, Server } from "../context/context";
import { adoptSwapped } from "./adoptSwapped";
import { adoptSwitched } from "./adoptSwitched";
import {
    dropAbandonedCreate,
    dropCopy,
    dropOrphan,
    keepOrphan,
    resumeCopy,
    type ResumedCopy,
} from "./copies";
import { finishMigration } from "./finishMigration";
import { mergeLateWrites, type MergeOutcome } from "./mergeLateWrites";
import { refusalError } from "./refusals";
import { resumeCutover } from "./resumeCutover";
import { retainOld } from "./retainOld";

/** What the executor works with: the server, and the resource that recovery is about. */
export interface RecoveryWork extends Server {
    context: Context;
    owner: string;
    /** The logical name, for people. */
    name: string;
    /** The program in force: that of the new collection in a migration, otherwise that of the deployed one. */
    spec: Collection;
    report: Report;
    /** The server of an active collection that is on another one than the rest. */
    elsewhere?: Server | undefined;
}

/** The outcome of the actions, for the verb that follows. */
export interface Recovered {
    /** The recorded collection, if it was renamed back. */
    restored?: CollectionRef;
    /** The collection that an interrupted run has put in service: there is nothing left to migrate. */
    outcome?: { generation: string; ref: CollectionRef };
    resumed?: ResumedCopy;
    merged?: MergeOutcome;
    cutover?: Cutover;
}

type Of<Kind extends RecoveryAction["kind"]> = Extract<RecoveryAction, { kind: Kind }>;
type Executor<Kind extends RecoveryAction["kind"]> = (
    action: Of<Kind>,
    work: RecoveryWork,
) => Promise<Recovered> | Promise<void>;

const executors: { [Kind in RecoveryAction["kind"]]: Executor<Kind> } = {
    "lift-fence": ({ at }, { client, capabilities }) => liftFence({ client, capabilities, ref: at }),
    "restore-name": async ({ at, name }, { client, spec, report }) => {
        const restored = { ...at, name };
        report.say(`${at.name} gets its name ${name} back after an interrupted swap`);
        await rejectStrayDatabase(client, at);
        const own = await targetOf(client, at);
        await renameCollection(client, at, name);
        // milvus-lite releases a collection that it renames, and clients of the name would be refused.
        if (spec.load)
            await loadRenamed(client, restored, spec.load, report).catch((error: unknown) =>
                report.say(`warning: ${name} is not loaded: ${(error as Error).message}`),
            );
        await reportStaleName(client, restored, own, report);
        return { restored };
    },
    "adopt-swapped": adoptSwapped,
    "adopt-switched": adoptSwitched,
    "adopt-restored": async ({ at, generation }, { client, spec, report }) => {
        report.say(`an interrupted run already restored ${at.name}; finishing that run`);
        await load(client, at, spec, report);
        return { outcome: { generation, ref: at } };
    },
    "retain-again": ({ at, owner, generation }, { client }) =>
        setProperties(
            client,
            at,
            markerProperties({ owner, generation, from: undefined, state: "previous" }),
        ),
    "finish-migration": finishMigration,
    "resume-copy": async (action, work) => ({ resumed: await resumeCopy(action, work) }),
    "drop-copy": dropCopy,
    "drop-orphan": dropOrphan,
    "keep-orphan": keepOrphan,
    "drop-abandoned-create": dropAbandonedCreate,
    "resume-cutover": async (action, work) => ({ cutover: await resumeCutover(action, work) }),
    "merge-late-writes": async (action, work) => ({ merged: await mergeLateWrites(action, work) }),
    retain: retainOld,
    refuse: (refusal) => {
        throw refusalError(refusal);
    },
};

/** Executes the actions in their order. Errors: those of a refusal, and of the servers. */
export async function execute(actions: readonly RecoveryAction[], work: RecoveryWork): Promise<Recovered> {
    const recovered: Recovered = {};
    for (const action of actions) {
        const carryOut = executors[action.kind] as Executor<typeof action.kind>;
        Object.assign(recovered, await carryOut(action as never, work));
    }
    return recovered;
}
