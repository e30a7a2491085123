import { Reader } from "protobufjs";

/** An insert as it went to the server. */
export interface Insertion {
    collection: string;
    /** Empty where the server chooses. */
    partition: string;
    rows: number;
}

/** Numbers of the fields of InsertRequest (milvus-proto, milvus.proto). */
const field = { collection: 3, partition: 4, rows: 7 };

/** Reads the head of an InsertRequest and skips its columns, which may be 64 MB. */
export function readInsertion(request: Uint8Array): Insertion {
    const reader = Reader.create(request);
    const insertion: Insertion = { collection: "", partition: "", rows: 0 };
    while (reader.pos < reader.len) {
        const tag = reader.uint32();
        if (tag >>> 3 === field.collection) insertion.collection = reader.string();
        else if (tag >>> 3 === field.partition) insertion.partition = reader.string();
        else if (tag >>> 3 === field.rows) insertion.rows = reader.uint32();
        else reader.skipType(tag & 7);
    }
    return insertion;
}
