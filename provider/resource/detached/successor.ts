import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { noWorkOrder, readWorkOrder } from "../../migration/properties/workOrder";
import { type Situation, switchedByWorker } from "../../plan/recovery/situation";
import type { Server } from "../context/context";
import { idOf } from "../context/resourceId";
import { outputs } from "../context/outputs";
import type { CollectionState } from "../context/resourceState";
import type { Props } from "../session/props";

/** The resource as a worker has left it: the state has what it was before. */
export interface Switched {
    id: string;
    props: Props;
}

/** Undefined where no worker has switched, or where the state knows it. */
export async function switchedResource(
    { client }: Pick<Server, "client">,
    { props }: CollectionState,
    situation: Situation,
): Promise<Switched | undefined> {
    const successor = switchedByWorker(situation);
    const order = successor?.detached === "worker" && (await readWorkOrder(client, successor.ref));
    if (!successor || !order) return undefined;
    const { name } = successor.ref;
    const hidden = Object.entries(props).filter(([key]) => key.startsWith("__") && key !== "__update");
    return {
        id: idOf(order.inputs.database, name),
        props: {
            ...order.inputs,
            // Each resource has the connection that its program gave it.
            ...(props.connection !== undefined && { connection: props.connection }),
            ...Object.fromEntries(hidden),
            ...(await outputs(client, successor.ref, successor.marker.generation)),
        },
    };
}

/** From now on the state of the stack knows the collection. */
export async function forgetWorkOrder({ client, capabilities }: Server, ref: CollectionRef): Promise<void> {
    if (!capabilities.alterProperties) return;
    if (await readWorkOrder(client, ref)) await setProperties(client, ref, noWorkOrder);
}
