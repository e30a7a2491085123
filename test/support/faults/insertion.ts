import { Reader } from "protobufjs";

/** An insert as sent to the server. */
export interface Insertion {
    collection: string;
    /** Empty if the server chooses the partition. */
    partition: string;
    rows: number;
}

/** Field numbers of InsertRequest (milvus-proto, milvus.proto). */
const field = { collection: 3, partition: 4, rows: 7 };

/** Reads the head of an InsertRequest and skips its columns, which can take 64 MB. */
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
