import type { CollectionRef } from "../../milvus/collection/collections";
import { readWorkOrder, type WorkOrder } from "../../migration/properties/workOrder";
import type { MigrationSeen } from "../../plan/recovery/overview";
import type { Context, Server } from "../context/context";
import { observeOverview } from "../operate/overview";

/** A copy that a worker is to make, and perhaps to switch to. */
export interface OrderedWork {
    database: string;
    seen: MigrationSeen;
    order: WorkOrder;
}

/** The copies with a work order that are not done, in the order of the server's list. Changes nothing. */
export async function findOrders(
    context: Pick<Context, "session">,
    { client }: Pick<Server, "client">,
    isAsked: (seen: MigrationSeen) => boolean = () => true,
): Promise<OrderedWork[]> {
    const found: OrderedWork[] = [];
    for (const { database, migrations } of await observeOverview(context, { client }))
        for (const seen of migrations.filter(isAsked)) {
            if (!isOpen(seen)) continue;
            const order = await readWorkOrder(client, { database, name: seen.copy.ref.name });
            if (order) found.push({ database, seen, order });
        }
    return found;
}

/** Once the copy is in service, it is the worker's only where the worker switches. */
function isOpen({ copy }: MigrationSeen): boolean {
    if (copy.detached === undefined) return false;
    return copy.marker.state === "building" || copy.detached === "worker";
}

/** A context whose connection is to the database of the order: a worker may look after all databases of a server. */
export const inDatabaseOf = (context: Context, { database }: Pick<OrderedWork, "database">): Context => ({
    ...context,
    connection: (props) => ({ ...context.connection(props), database }),
});

/** The collection with this name in the database of the order. */
export const refIn = ({ database }: Pick<OrderedWork, "database">, name: string): CollectionRef => ({
    database,
    name,
});
