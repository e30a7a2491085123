import { targetOf } from "../../milvus/transport/channel";
import { RunError } from "../../migration/errors";
import type { Context } from "./context";
import type { Props } from "../session/props";

/** Server and database that a resource was deployed to, without credentials: the hidden output `__server`. */
export interface ConfiguredServer {
    address: string;
    database: string;
}

/** Another server or database than at the last deployment, though no argument has changed. */
export interface ServerChange {
    was: string;
    now: string;
    /** Name of the explicit provider that says so; undefined where the stack's configuration does. */
    provider: string | undefined;
}

/** What to record of a resource: the stack's configuration is no input, so that no diff would show that it has changed. */
export function configuredServer(context: Context, props: Props): ConfiguredServer {
    const connection = context.connection(props);
    return { address: targetOf(connection), database: connection.database ?? "default" };
}

/**
 * Whether the stack's configuration, or the explicit provider, points to another server than it did. A `connection` argument stands for itself, and its change
 * is a change of the program. A state of an earlier release records nothing.
 */
export function serverChange(context: Context, deployed: Props): ServerChange | undefined {
    const recorded = deployed.__server as ConfiguredServer | undefined;
    if (!recorded || deployed.connection !== undefined) return undefined;
    const now = configuredServer(context, deployed);
    // A resource that names its database does not go by the configured one.
    const byDatabase = deployed.database === undefined && now.database !== recorded.database;
    if (now.address === recorded.address && !byDatabase) return undefined;
    return { was: textOf(recorded, byDatabase), now: textOf(now, byDatabase), provider: context.provider };
}

const textOf = ({ address, database }: ConfiguredServer, withDatabase: boolean): string =>
    withDatabase ? `${address}, database ${database}` : address;

/** Told where the configured server has the resource: only the address is another one. */
export const serverChangeText = (name: string, change: ServerChange): string => {
    const { was, now } = change;
    return `warning: ${name}: ${sourceOf(change)} points to ${now} now, and pointed to ${was} at the last \`pulumi up\` [MV362]`;
};

/** Where the configured server lacks what was deployed, nothing is created there, and nothing is forgotten. Errors: `MV361`. */
export function requireThere(
    context: Context,
    deployed: { name: string; props: Props },
    there: unknown,
): void {
    const change = there === undefined ? serverChange(context, deployed.props) : undefined;
    if (change) throw notThere(deployed.name, change);
}

/** What names the server. */
const sourceOf = ({ provider }: ServerChange): string =>
    provider === undefined ? "the stack's configuration" : `the provider ${provider}`;

const notThere = (name: string, change: ServerChange): RunError =>
    new RunError(
        "MV361",
        `${name} is not on ${change.now}, where ${sourceOf(change)} points now: it was deployed to ${change.was}. No changes made. ` +
            `${wayBack(change)}. To move the rows, give the resource the new server as \`connection\` instead; ` +
            "to give them up, remove the resource from the state (`pulumi state delete`)",
    );

const wayBack = ({ provider }: ServerChange): string =>
    provider === undefined
        ? "Set the configuration back (milvus:address, milvus:database)"
        : `Give the resource its former provider again, or set address and database of ${provider} back`;
