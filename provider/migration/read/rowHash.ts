import type { RowHashes } from "../../wire";

/** Of the hash of a row. */
export const HASH_BYTES = 16;

/** The hash of a row as text: what is compared, and kept of the few rows that changed. */
export type HashText = string;

export function hashText({ words }: RowHashes, row: number): HashText {
    return Buffer.from(words.buffer, words.byteOffset + row * HASH_BYTES, HASH_BYTES).toString("latin1");
}
