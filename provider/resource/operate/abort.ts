import { renameCollection, setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";
import { liftFence } from "../../migration/lifecycle/writeFence";
import type { AbortAction } from "../../plan/recovery/overview";
import type { Server } from "../context/context";
import { type DropWork, dropUnfinished } from "./dropUnfinished";

type Of<Kind extends AbortAction["kind"]> = Extract<AbortAction, { kind: Kind }>;
type Work = DropWork & Server & { force: boolean };

const executors: { [Kind in AbortAction["kind"]]: (action: Of<Kind>, work: Work) => Promise<void> } = {
    "lift-fence": ({ at }, { client, capabilities }) => liftFence({ client, capabilities, ref: at }),
    "restore-name": ({ at, name }, { client }) => renameCollection(client, at, name),
    "forget-successor": ({ at }, { client }) => setProperties(client, at, { [property.successor]: "" }),
    "drop-copy": ({ copy }, work) => dropUnfinished(work, copy, work.force),
};

/** Carries out the end of a migration. Each step can be run again. Errors: those of the steps. */
export async function abortMigration(actions: readonly AbortAction[], work: Work): Promise<void> {
    for (const action of actions) await executors[action.kind](action as never, work);
}
