import type { RowHashes } from "../../wire";

/** The size of a row hash. */
export const HASH_BYTES = 16;

/** The hash of a row as text, for comparing and storing the hashes of a few changed rows. */
export type HashText = string;

export function hashText({ words }: RowHashes, row: number): HashText {
    return Buffer.from(words.buffer, words.byteOffset + row * HASH_BYTES, HASH_BYTES).toString("latin1");
}
