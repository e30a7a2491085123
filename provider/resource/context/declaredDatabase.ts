import { unknownValue } from "../../inputs/argumentScan";
import { RunError } from "../../migration/errors";
import { listCollections } from "../../milvus/collection/collections";
import { isMilvusError } from "../../milvus/transport/errors";
import type { Declarer } from "../session/declaredDatabases";
import type { Props } from "../session/props";
import { configuredServer } from "./configuredServer";
import { type Context, server } from "./context";
import { hiddenInputs } from "./resourceState";
import { warnOnce } from "./warnOnce";

/** The database that a resource names; undefined where it names none, all, or one that is known only at `pulumi up`. */
export function databaseIn({ database }: Props): string | undefined {
    if (typeof database !== "string" || database === unknownValue || database === "*") return undefined;
    return database;
}

/** Told of each check of a database. Warns of resources in it whose place Pulumi does not know: `MV461`. */
export function declareDatabase(context: Context, props: Props, database: string): void {
    const declarer = hiddenInputs(props);
    const users = context.session.databases.declare(keyOf(context, props, database), declarer);
    for (const user of users) warnOfOrder(context, database, declarer, user);
}

/** Told of each check of a resource that may be in a database. Warns where Pulumi does not know their order: `MV461`. */
export function useDatabase(context: Context, props: Props): void {
    const database = databaseIn(props);
    if (database === undefined) return;
    const [key, user] = [keyOf(context, props, database), hiddenInputs(props)];
    const declarer = context.session.databases.of(key);
    context.session.databases.use(key, user);
    if (declarer && props.__databaseIsText === true) warnOfOrder(context, database, declarer, user);
}

/** A database that a resource names, and that is not there. */
interface Missing {
    database: string;
    /** The resource of this program that makes it, where it was checked already. */
    declarer: Declarer | undefined;
}

/** Undefined where the database is there, or the resource names none. */
export async function missingDatabase(context: Context, props: Props): Promise<Missing | undefined> {
    const database = databaseIn(props);
    if (database === undefined || (await hasDatabase(context, props, database))) return undefined;
    return { database, declarer: context.session.databases.of(keyOf(context, props, database)) };
}

/** Errors: `MV460`. */
export async function requireDatabase(context: Context, props: Props, title: string): Promise<void> {
    const missing = await missingDatabase(context, props);
    if (missing) throw noDatabase(title, missing);
}

export function noDatabase(title: string, { database, declarer }: Missing): RunError {
    const text = declarer
        ? `there is no database ${database} yet. This program declares it as ${declarer.name}, and Pulumi does not know that it comes first: write the output of that resource (database: ${declarer.name}.name), and run \`pulumi up\` again`
        : `there is no database ${database}. Create it, or correct the name; where this program declares it, write the output of its Database (database: library.name), so that Pulumi creates it first`;
    return new RunError("MV460", `${title}: ${text}`);
}

/** A grant names its database, and needs none: whoever creates it later finds the privileges there. */
export function warnOfGrant(context: Context, title: string, { database }: Missing): void {
    warnOnce(context, {
        path: title,
        code: "MV462",
        message: `there is no database ${database}. The role has these privileges in the next database of that name. Create it, or correct the name; where this program declares it, write the output of its Database (database: library.name)`,
    });
}

/** Whoever may not list its collections is refused by the call that follows. */
async function hasDatabase(context: Context, props: Props, database: string): Promise<boolean> {
    const { client } = await server(context, props);
    try {
        await listCollections(client, database);
        return true;
    } catch (error) {
        if (isMilvusError(error, "not-found")) return false;
        if (isMilvusError(error, "forbidden", "unauthenticated", "unsupported")) return true;
        throw error;
    }
}

function warnOfOrder(context: Context, database: string, declarer: Declarer, user: Declarer): void {
    warnOnce(context, {
        path: user.name,
        code: "MV461",
        message: `database: ${database} is text, and this program declares that database as ${declarer.name}. Pulumi may create ${user.name} before it, and drop it before ${user.name}. Write the output instead (database: ${declarer.name}.name)`,
    });
}

const keyOf = (context: Context, props: Props, database: string): string =>
    `${configuredServer(context, props).address} ${database}`;
