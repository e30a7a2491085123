import type { Collection, CollectionFunction } from "../../inputs/schema/collection";
import type { MilvusClient } from "../transport/client";
import { type DescribedField, fromFieldSchema, toFieldSchema } from "../schema/fieldSchema";
import { isMilvusError } from "../transport/errors";
import { fromFunctionSchema, toFunctionSchema } from "../schema/functionSchema";
import { keyValues, type KeyValue, record } from "../transport/keyValue";
import { encodeMessage, type Message } from "../transport/protocol";
import { retryRepeatable } from "../transport/retry";
import { pause } from "../transport/stopPoint";
import { fromStructSchema, isStructArray, toStructSchema } from "../schema/structSchema";

/** Identifies a collection; `database` undefined means the connection's database. */
export interface CollectionRef {
    database: string | undefined;
    name: string;
}

export interface DescribedCollection {
    name: string;
    description: string;
    fields: DescribedField[];
    functions: CollectionFunction[];
    enableDynamicField: boolean;
    shardsNum: number | undefined;
    consistencyLevel: string;
    properties: Record<string, string>;
    numPartitions: number | undefined;
    /** Reported by Milvus, not by milvus-lite. */
    aliases: string[];
    collectionId: string | undefined;
    /** The rows are files outside of Milvus (3.0). */
    isExternal: boolean;
    /** The collection is divided into namespaces (3.0). */
    hasNamespaces: boolean;
    /** Members of the schema that only a newer protocol knows: `schema.fields[2] #18`. */
    unknown: string[];
}

export type CollectionSchema = Pick<
    Collection,
    | "description"
    | "fields"
    | "functions"
    | "enableDynamicField"
    | "shardsNum"
    | "consistencyLevel"
    | "numPartitions"
>;

/**
 * Creates an empty collection without indexes. Check first that the name is free: some servers report success for a
 * second creation (milvus-lite 2.5; Milvus if the schema is the same).
 */
export async function createCollection(
    client: MilvusClient,
    ref: CollectionRef,
    schema: CollectionSchema,
    properties: Record<string, string>,
): Promise<void> {
    await client.call(
        "CreateCollection",
        {
            ...at(ref),
            schema: encodeMessage("milvus.proto.schema.CollectionSchema", {
                name: ref.name,
                description: schema.description,
                enable_dynamic_field: schema.enableDynamicField,
                autoID: schema.fields.some((field) => field.autoId),
                struct_array_fields: schema.fields.filter(isStructArray).map(toStructSchema),
                fields: schema.fields
                    .filter((field) => !isStructArray(field))
                    .map((field) => ({
                        ...toFieldSchema(field),
                        is_function_output: schema.functions.some(({ outputFieldNames }) =>
                            outputFieldNames.includes(field.name),
                        ),
                    })),
                functions: schema.functions.map(toFunctionSchema),
            }),
            shards_num: schema.shardsNum ?? 1,
            consistency_level: schema.consistencyLevel,
            ...(schema.numPartitions !== undefined && { num_partitions: String(schema.numPartitions) }),
            properties: keyValues(properties),
        },
        { about: ref.name },
    );
}

/** Undefined if the collection does not exist. An alias resolves to its collection: see `resolveName`. */
export async function describeCollection(
    client: MilvusClient,
    ref: CollectionRef,
): Promise<DescribedCollection | undefined> {
    const described = await client
        .callFor("DescribeCollection", at(ref), { about: ref.name, within: "schema" })
        .catch((error: unknown) => absent(error));
    if (!described) return undefined;
    const { answer, unknown } = described;
    const schema = answer.schema as Message;
    const id = answer.collectionID as string;
    return {
        name: answer.collection_name as string,
        description: schema.description as string,
        fields: [
            ...(schema.fields as Message[]).map(fromFieldSchema),
            ...(schema.struct_array_fields as Message[]).map(fromStructSchema),
        ],
        functions: ((schema.functions ?? []) as Message[]).map(fromFunctionSchema),
        enableDynamicField: schema.enable_dynamic_field as boolean,
        shardsNum: (answer.shards_num as number) || undefined,
        consistencyLevel: answer.consistency_level as string,
        properties: record(answer.properties as KeyValue[]),
        numPartitions: Number(answer.num_partitions) || undefined,
        // In any order (measured on 2.3.5: another one in 12 of 100 answers).
        aliases: [...(answer.aliases as string[])].sort(),
        collectionId: id === "0" ? undefined : id,
        isExternal: schema.external_source !== "",
        hasNamespaces: schema.enable_namespace as boolean,
        unknown,
    };
}

/** How often a list is asked for that a change of another collection spoils. */
const LISTS = 10;

/** Names of the collections of a database, without aliases. Errors: `not-found` if the database does not exist. */
export async function listCollections(client: MilvusClient, database: string | undefined): Promise<string[]> {
    for (let left = LISTS - 1; ; left--)
        try {
            const answer = await client.call("ShowCollections", { ...(database && { db_name: database }) });
            return answer.collection_names as string[];
        } catch (error) {
            if (left === 0 || !isSpoiled(error)) throw error;
            await pause(50);
        }
}

/**
 * milvus-lite asks each collection for its state after it has listed their names, and the whole call fails for one that
 * another client renames or drops in between (3.2.2, its source: `ShowCollections`). It must not count as "no database".
 */
function isSpoiled(error: unknown): boolean {
    return isMilvusError(error) && /collection '.*' does not exist|schema\.json/.test(error.message);
}

/** Drops a collection by its own name: with an alias, milvus-lite drops the target. */
export async function dropCollection(client: MilvusClient, ref: CollectionRef): Promise<void> {
    await client.call("DropCollection", at(ref), { about: ref.name });
}

/**
 * Renames within the database. The request names it on both sides, or Milvus moves the collection to the default
 * database.
 */
export async function renameCollection(
    client: MilvusClient,
    ref: CollectionRef,
    newName: string,
): Promise<void> {
    const database = ref.database ?? client.database;
    await client.call(
        "RenameCollection",
        { db_name: database, oldName: ref.name, newName, newDBName: database },
        { about: `${ref.name} to ${newName}` },
    );
}

/**
 * Milvus before 2.3.6 persists the state from before the last AlterCollection and returns to it after a restart (issue
 * 30144 of milvus-io/milvus; measured on 2.3.5). The provider sends each AlterCollection twice to these versions.
 */
const FORGETS_THE_LAST = /^v?2\.([0-2]\.|3\.[0-5](?!\d))/;

/** Sets properties and keeps the others. They survive a crash of the server. */
export async function setProperties(
    client: MilvusClient,
    ref: CollectionRef,
    properties: Record<string, string>,
): Promise<void> {
    const request = { ...at(ref), properties: keyValues(properties) };
    const times = FORGETS_THE_LAST.test(client.serverVersion ?? "") ? 2 : 1;
    for (let time = 0; time < times; time++)
        await retryRepeatable(() => client.call("AlterCollection", request, { about: ref.name }));
}

/** Since 2.5. One call cannot both delete and set properties. */
export async function deleteProperties(
    client: MilvusClient,
    ref: CollectionRef,
    keys: string[],
): Promise<void> {
    const request = { ...at(ref), delete_keys: keys };
    await retryRepeatable(() => client.call("AlterCollection", request, { about: ref.name }));
}

export function at(ref: CollectionRef): Message {
    return { ...(ref.database !== undefined && { db_name: ref.database }), collection_name: ref.name };
}

/** For `catch`: turns `not-found` into undefined and rethrows any other error. */
export function absent(error: unknown): undefined {
    if (isMilvusError(error, "not-found")) return undefined;
    throw error;
}
