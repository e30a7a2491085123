import json from "@zilliz/milvus2-sdk-node/dist/milvus/proto-json/milvus";
import { Root, type Type } from "protobufjs";

/** Milvus' protocol from the SDK's protos, decoded independently of the provider, so that both do not share a mistake. */
const root = Root.fromJSON(json as Parameters<typeof Root.fromJSON>[0]);
const service = root.lookupService("milvus.proto.milvus.MilvusService");

/** Proto names, int64 as text, enums by name, bytes as buffers, missing fields filled in except those of a oneof. */
const options = { longs: String, enums: String, bytes: Buffer, defaults: true };

export interface Method {
    name: string;
    path: string;
    decode(request: Uint8Array): object;
    encode(answer: object): Buffer;
    /** The field of the answer that holds the status; undefined if the answer is a status. */
    status: string | undefined;
    /** The privilege that the call needs; undefined where it needs none. */
    privilege: Privilege | undefined;
}

export interface Privilege {
    object: string;
    privilege: string;
    /** `*` where the call names none. */
    namesOf: (request: object) => string[];
}

export const methods: Method[] = Object.values(service.methods).map((method) => {
    method.resolve();
    const request = method.resolvedRequestType!;
    const answer = method.resolvedResponseType!;
    return {
        name: method.name,
        path: `/milvus.proto.milvus.MilvusService/${method.name}`,
        decode: (bytes) => decodeAs(request, bytes),
        encode: (message) => Buffer.from(answer.encode(answer.fromObject(message)).finish()),
        status: answer.fieldsArray.find(({ type }) => type === "common.Status")?.name,
        privilege: privilegeOf(request),
    };
});

/** The option `common.privilege_ext_obj` of a request. The place of the name is a field's number; -1 stands for none.
 * A field that is a user counts by its name. Source: GetObjectName in pkg/util/funcutil. */
function privilegeOf({ options: given = {}, fieldsById: fields }: Type): Privilege | undefined {
    const option = (name: string) => (given as Record<string, unknown>)[`(common.privilege_ext_obj).${name}`];
    const privilege = option("object_privilege") as string | undefined;
    if (privilege === undefined) return undefined;
    const place = Number(option("object_name_index") ?? option("object_name_indexs") ?? -1);
    const field = fields[place];
    return {
        object: String(option("object_type")),
        privilege,
        namesOf: (sent) => {
            const value = field ? (sent as Record<string, unknown>)[field.name] : undefined;
            const isUser = typeof value === "object" && value !== null && "name" in value;
            const named = isUser ? value.name : value;
            return Array.isArray(named) && named.length > 0
                ? named.map(String)
                : [typeof named === "string" && named !== "" ? named : "*"];
        },
    };
}

/** The encoded size of columns. */
export function sizeOf(columns: object[]): number {
    const type = root.lookupType("milvus.proto.schema.FieldData");
    return columns.reduce((sum, column) => sum + type.encode(type.fromObject(column)).finish().length, 0);
}

/** Decodes a message inside a message, such as the schema in CreateCollection. */
export function decode(type: string, bytes: Uint8Array): object {
    return decodeAs(root.lookupType(type), bytes);
}

function decodeAs(type: Type, bytes: Uint8Array): object {
    return type.toObject(type.decode(bytes), options);
}
