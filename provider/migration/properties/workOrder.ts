import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { serverTime } from "../../milvus/rows/readPoint";
import { property } from "../../observe/properties";
import type { Work, WorkPhase } from "../../observe/generation";
import { RunError } from "../errors";
import { unpacked } from "../../observe/unpacked";
import { packed, readProperty } from "./codec";

type Props = Readonly<Record<string, unknown>>;

/**
 * What a worker needs of the program and of the state to make a copy, and to switch to it. How the rows are mapped stands on
 * the copy anyway. It holds no connection: a worker has its own, and no credential is stored on the server.
 */
export interface WorkOrder {
    /** The resource as it is deployed: arguments, outputs, hidden inputs. */
    deployed: Props;
    /** The new arguments, with the hidden inputs. */
    inputs: Props;
    /** Who switches once the copy is ready. */
    switchBy: "up" | "worker";
}

/** What a worker has no use for: it has a connection of its own. */
const notForWorkers: ReadonlySet<string> = new Set([
    "connection",
    "__provider",
    "__server",
    "migrationState",
]);

const forWorkers = (props: Props): Props =>
    Object.fromEntries(Object.entries(props).filter(([key]) => !notForWorkers.has(key)));

/** The order as a property of the copy. Errors: `MV349` if it is too large for one. */
export function workOrderProperty(name: string, { deployed, inputs, switchBy }: WorkOrder) {
    const order = { deployed: forWorkers(deployed), inputs: forWorkers(inputs), switchBy };
    const written = packed(property.work, order);
    if (written[property.work] === undefined)
        throw new RunError(
            "MV349",
            `${name}: the work order is larger than 64 KiB, which a property of a collection holds. No changes made. Omit migration.detach: \`pulumi up\` then copies the rows`,
        );
    return written;
}

/** Undefined if the collection has none, or one that this release cannot read. */
export function readWorkOrder(client: MilvusClient, ref: CollectionRef): Promise<WorkOrder | undefined> {
    return readProperty(client, ref, property.work, (text) => unpacked(text) as WorkOrder);
}

/** Says which phase a worker is in, and since when. */
export async function recordWorkPhase(
    client: MilvusClient,
    ref: CollectionRef,
    phase: WorkPhase,
    /** Why it failed, with the code. */
    error?: string,
): Promise<void> {
    const work: Work = { phase, since: await serverTime(client), error };
    await setProperties(client, ref, { [property.workState]: JSON.stringify(work) });
}

/** Deletes the order and its state: the state of the stack knows the collection now. */
export const noWorkOrder: Record<string, string> = { [property.work]: "", [property.workState]: "" };
