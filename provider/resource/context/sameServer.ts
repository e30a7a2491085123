import type { Connection } from "../../inputs/schema/connection";
import { targetOf } from "../../milvus/transport/channel";
import type { Context } from "./context";

interface Placed {
    connection?: Connection | undefined;
    database?: string | undefined;
}

/**
 * Both sides of a comparison, with what is the same server in the same words: the planner takes another text for another
 * server, and a `connection` argument for another one than the stack's configuration. So a program may move the address of
 * its server between the two, or spell it otherwise, and no row moves.
 */
export function onSameServer<Deployed extends Placed, Target extends Placed>(
    context: Context,
    deployed: Deployed,
    target: Target,
): { deployed: Deployed; target: Target } {
    if (!deployed.connection && !target.connection) return { deployed, target };
    const [before, after] = [placeOn(context, deployed), placeOn(context, target)];
    if (before === undefined || before.address !== after?.address) return { deployed, target };
    if (deployed.connection && target.connection) {
        const { address } = deployed.connection;
        return { deployed, target: { ...target, connection: { ...target.connection, address } } };
    }
    // A connection of its own that names no database means the default one, whatever the configuration names.
    const isNamed = deployed.database !== undefined && target.database !== undefined;
    if (!isNamed && before.database !== after.database) return { deployed, target };
    return { deployed: asConfigured(deployed), target: asConfigured(target) };
}

/** Server and database of a resource; undefined where no setting says which, and where a preview does not know it yet. */
function placeOn(context: Context, { connection, database }: Placed) {
    try {
        const own = connection ?? context.connection({});
        return { address: targetOf(own), database: database ?? own.database ?? "default" };
    } catch {
        return undefined;
    }
}

/** The connection as one to the configured server and its database, which a declaration does not name. */
function asConfigured<Spec extends Placed>(spec: Spec): Spec {
    const { connection } = spec;
    return connection ? { ...spec, connection: { ...connection, address: "", database: undefined } } : spec;
}
