import type { MilvusClient } from "../milvus/transport/client";
import { isMilvusError, type MilvusError } from "../milvus/transport/errors";
import { encodeMessage, type Message } from "../milvus/transport/protocol";
import { calls, type Calls, capabilitiesOf } from "./capabilitiesOf";
import type { Capabilities } from "./state";

/** The capabilities of the server, observed once per connection. */
export function capabilities(client: MilvusClient): Promise<Capabilities> {
    return client.once("capabilities", () => observe(client));
}

/**
 * Whether the server knows a call that every Milvus has. A proxy that forwards no gRPC answers each call as one that it does
 * not support, which is what a server says that is too old for it.
 */
export function isMilvus(client: MilvusClient): Promise<boolean> {
    return client.once("isMilvus", () => knows(client, "ShowCollections", {}));
}

/**
 * A name that no collection has. A server that knows a call refuses this name; one that does not reports the call as
 * unknown.
 */
const UNUSED_NAME = "pulumi_milvus_probe";

/** A request for each call that only names a collection or alias that does not exist, so it changes nothing. */
const probes = {
    aliases: { alias: UNUSED_NAME },
    rename: { oldName: UNUSED_NAME, newName: `${UNUSED_NAME}_2` },
    partitions: { collection_name: UNUSED_NAME },
    databases: {},
    alterProperties: { collection_name: UNUSED_NAME, properties: [{ key: "pulumi.probe", value: "1" }] },
    addField: {
        collection_name: UNUSED_NAME,
        schema: encodeMessage("milvus.proto.schema.FieldSchema", { name: "probe", nullable: true }),
    },
    addStruct: { collection_name: UNUSED_NAME, struct_array_field_schema: { name: "probe" } },
    alterField: {
        collection_name: UNUSED_NAME,
        field_name: "probe",
        properties: [{ key: "max_length", value: "8" }],
    },
    alterSchema: { collection_name: UNUSED_NAME, action: { drop_request: { field_name: "probe" } } },
    alterIndex: {
        collection_name: UNUSED_NAME,
        index_name: "probe",
        extra_params: [{ key: "mmap.enabled", value: "true" }],
    },
} satisfies Record<keyof Calls, Message>;

async function observe(client: MilvusClient): Promise<Capabilities> {
    const names = Object.keys(calls) as (keyof Calls)[];
    const [text, ...answers] = await Promise.all([
        version(client),
        ...names.map((name) => knows(client, calls[name], probes[name])),
    ]);
    const known = Object.fromEntries(names.map((name, place) => [name, answers[place]!])) as Calls;
    return capabilitiesOf(text, known);
}

/**
 * The error that this user gets for every change of a collection, known before: Milvus asks for CreateCollection where one is
 * created, and where a property is set. Undefined where the user may. Asked once per connection; changes nothing.
 */
export function changeRefusal(client: MilvusClient): Promise<MilvusError | undefined> {
    return client.once("changeRefusal", () =>
        client.call(calls.alterProperties, probes.alterProperties).then(
            () => undefined,
            (error: unknown) => (isMilvusError(error, "forbidden") ? error : undefined),
        ),
    );
}

/** The server's version text; undefined where the server does not know GetVersion. */
async function version(client: MilvusClient): Promise<string | undefined> {
    try {
        return (await client.call("GetVersion", {})).version as string;
    } catch (error) {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    }
}

async function knows(client: MilvusClient, method: string, request: Message): Promise<boolean> {
    try {
        await client.call(method, request);
        return true;
    } catch (error) {
        if (isMilvusError(error, "unsupported")) return false;
        // Only a server that knows the call refuses a missing collection or a missing permission.
        if (isMilvusError(error, "not-found", "invalid", "rejected", "forbidden", "exists", "not-ready"))
            return true;
        throw error;
    }
}
