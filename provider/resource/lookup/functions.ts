import type { z } from "zod";

import {
    AliasLookup,
    CollectionLookup,
    CollectionsLookup,
    type DatabaseLookup,
    type Lookup,
    ServerLookup,
} from "../../inputs/schema/lookup";
import { describeAlias, resolveName } from "../../milvus/collection/aliases";
import { listCollections } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { RunError } from "../../migration/errors";
import { observeCollection } from "../../observe/collection";
import { observeRows } from "../../observe/rows";
import { type Context, server } from "../context/context";
import { collectionResult } from "./collectionResult";
import { AliasResult, CollectionResult, CollectionsResult, ServerResult, tellable } from "./results";

/** A function of the package: it looks at a server and changes nothing. */
export interface LookupFunction<Args, Result> {
    args: z.ZodType<Args>;
    result: z.ZodType<Result>;
    look: (context: Context, args: Args) => Promise<Result>;
}

/** The same for the table of all. */
const lookup = <Args extends object, Result extends object>(
    args: z.ZodType<Args>,
    result: z.ZodType<Result>,
    look: (context: Context, args: Args) => Promise<Result>,
) => ({ args, result, look }) as unknown as LookupFunction<object, object>;

/** The functions by name. */
export const lookups: Readonly<Record<string, LookupFunction<object, object>>> = {
    getCollection: lookup(CollectionLookup, CollectionResult, getCollection),
    getAlias: lookup(AliasLookup, AliasResult, getAlias),
    getCollections: lookup(CollectionsLookup, CollectionsResult, getCollections),
    getServer: lookup(ServerLookup, ServerResult, getServer),
};

async function getCollection(context: Context, args: Lookup): Promise<CollectionResult> {
    const { client } = await server(context, args);
    const { database, name } = args;
    const found = await resolveName(client, { database, name });
    const own = found.kind === "alias" ? found.collection : name;
    const observed =
        found.kind === "free" ? undefined : await observeCollection(client, { database, name: own });
    if (!observed) throw missing("getCollection", `collection or alias ${name}`, { client, database });
    return collectionResult(observed, await observeRows(client, observed));
}

async function getAlias(context: Context, args: Lookup): Promise<AliasResult> {
    const { client } = await server(context, args);
    const { database, name } = args;
    const collection = await describeAlias(client, { database, alias: name });
    if (collection === undefined) throw missing("getAlias", `alias ${name}`, { client, database });
    return { name, database: database ?? client.database, collection };
}

async function getCollections(context: Context, args: DatabaseLookup): Promise<CollectionsResult> {
    const { client } = await server(context, args);
    const names = await listCollections(client, args.database);
    return { database: args.database ?? client.database, names: [...names].sort() };
}

async function getServer(context: Context, args: Pick<DatabaseLookup, "connection">): Promise<ServerResult> {
    const { client, capabilities } = await server(context, args);
    const { version } = capabilities;
    return {
        address: client.target,
        database: client.database,
        server: capabilities.server,
        ...(version && { version: version.join(".") }),
        isLite: capabilities.lite,
        capabilities: (Object.keys(tellable) as (keyof typeof tellable)[]).filter(
            (name) => capabilities[name],
        ),
        lacksTypes: [...capabilities.lacksTypes],
    };
}

interface Place {
    client: MilvusClient;
    database: string | undefined;
}

const missing = (asked: string, what: string, { client, database }: Place): RunError =>
    new RunError(
        "MV391",
        `${asked}: ${client.target} has no ${what} in database ${database ?? client.database}. ` +
            "Check the name, the database and the server; where this program creates it, use the outputs of its resource instead",
    );
