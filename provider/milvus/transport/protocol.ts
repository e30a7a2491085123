import protoJson from "@zilliz/milvus2-sdk-node/dist/milvus/proto-json/milvus";
import protobuf from "protobufjs";

import { MilvusError } from "./errors";

/**
 * Milvus' protocol from the Node SDK. Only the messages come from the SDK: its client returns an empty success for an
 * RPC that the server lacks, retries without being asked, and terminates the process on an unhandled rejection.
 */
const root = protobuf.Root.fromJSON(protoJson as unknown as protobuf.INamespace);
const service = root.lookupService("milvus.proto.milvus.MilvusService");

/** A message as a plain object: proto names, int64 as strings, enums by name, missing fields filled in. */
export type Message = Record<string, unknown>;

export interface Rpc {
    path: string;
    encode(request: Message): Buffer;
    decode(answer: Uint8Array): Message;
    /** The members of an answer that this protocol does not know, below its member `within`: `fields[2] #18`. */
    unknown(answer: Uint8Array, within: string): string[];
}

/** Decodes only `fields` of the answer; all if omitted. */
export function rpc(method: string, fields?: readonly string[]): Rpc {
    const found = service.methods[method];
    if (!found)
        throw new MilvusError(
            "internal",
            `the Milvus protocol has no method ${method}. This is a bug of pulumi-milvus, please report it`,
        );
    found.resolve();
    const request = found.resolvedRequestType!;
    const response = fields
        ? narrowed(method, found.resolvedResponseType!, fields)
        : found.resolvedResponseType!;
    return {
        path: `/milvus.proto.milvus.MilvusService/${method}`,
        encode: (message) => encodeAs(request, message),
        decode: (answer) => decodeAs(response, answer),
        unknown: (answer, within) =>
            unknownMembers(response, answer, "").filter((path) => path.startsWith(within)),
    };
}

/** A separate message type: the decoder skips the fields that a type does not declare. */
function narrowed(
    method: string,
    { parent, fields }: protobuf.Type,
    names: readonly string[],
): protobuf.Type {
    const type = new protobuf.Type([method, ...names].join("_"));
    for (const name of names) type.add(protobuf.Field.fromJSON(name, fields[name]!.toJSON()));
    parent!.add(type);
    return type;
}

/** The type of a method's request. */
export function requestOf(method: string): protobuf.Type {
    const found = service.methods[method]!;
    found.resolve();
    return found.resolvedRequestType!;
}

/** Encodes a message by its full name, e.g. `milvus.proto.schema.CollectionSchema`. */
export function encodeMessage(type: string, message: Message): Buffer {
    return encodeAs(root.lookupType(type), message);
}

function encodeAs(type: protobuf.Type, message: Message): Buffer {
    return type.encode(type.fromObject(message)).finish() as Buffer;
}

function decodeAs(type: protobuf.Type, bytes: Uint8Array): Message {
    return type.toObject(type.decode(bytes), { longs: String, enums: String, defaults: true });
}

/**
 * A decoder skips what its types do not declare. This walks over the bytes and names each such member by its place and
 * number, and each enum value without a name.
 */
function unknownMembers(type: protobuf.Type, bytes: Uint8Array, place: string): string[] {
    const reader = protobuf.Reader.create(bytes);
    const found: string[] = [];
    const counts = new Map<string, number>();
    while (reader.pos < reader.len) {
        const tag = reader.uint32();
        const [id, wire] = [tag >>> 3, tag & 7];
        const field = type.fieldsById[id]?.resolve();
        const kind = field?.resolvedType;
        if (!field) {
            found.push(`${place} #${id}`.trim());
            reader.skipType(wire);
        } else if (wire === 2 && kind instanceof protobuf.Type) {
            const at = counts.get(field.name) ?? 0;
            counts.set(field.name, at + 1);
            const name = field.repeated ? `${field.name}[${at}]` : field.name;
            found.push(...unknownMembers(kind, reader.bytes(), place === "" ? name : `${place}.${name}`));
        } else if (wire === 0 && kind instanceof protobuf.Enum) {
            const value = reader.int32();
            if (!(value in kind.valuesById)) found.push(`${place}.${field.name} ${value}`);
        } else reader.skipType(wire);
    }
    return found;
}
