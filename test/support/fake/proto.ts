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
    };
});

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
