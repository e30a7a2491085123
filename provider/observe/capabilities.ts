import type { MilvusClient } from "../milvus/transport/client";
import { isMilvusError } from "../milvus/transport/errors";
import { encodeMessage, type Message } from "../milvus/transport/protocol";
import { calls, type Calls, capabilitiesOf } from "./capabilitiesOf";
import type { Capabilities } from "./state";

/** Observed once a connection. */
export function capabilities(client: MilvusClient): Promise<Capabilities> {
    return client.once("capabilities", () => observe(client));
}

/** No collection has this name; a server that knows a call refuses it by name, one that does not says so. */
const NOBODY = "pulumi_milvus_probe";

/** A request of each call that would change nothing but what nobody has. */
const probes = {
    aliases: { alias: NOBODY },
    rename: { oldName: NOBODY, newName: `${NOBODY}_2` },
    partitions: { collection_name: NOBODY },
    databases: {},
    alterProperties: { collection_name: NOBODY, properties: [{ key: "pulumi.probe", value: "1" }] },
    addField: {
        collection_name: NOBODY,
        schema: encodeMessage("milvus.proto.schema.FieldSchema", { name: "probe", nullable: true }),
    },
    addStruct: { collection_name: NOBODY, struct_array_field_schema: { name: "probe" } },
    alterField: {
        collection_name: NOBODY,
        field_name: "probe",
        properties: [{ key: "max_length", value: "8" }],
    },
    alterSchema: { collection_name: NOBODY, action: { drop_request: { field_name: "probe" } } },
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

/** What the server says of itself; undefined where it does not know the question. */
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
        // A refusal of what does not exist, or of what this user may not do, comes from a server that knows the call.
        if (isMilvusError(error, "not-found", "invalid", "rejected", "forbidden", "exists")) return true;
        throw error;
    }
}
