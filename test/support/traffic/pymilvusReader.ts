import { startPymilvus } from "./pymilvus";

export interface PymilvusReads {
    /** Why an insert was refused; null for one that was not. */
    insert: string | null;
    /** Searches that found what they should. */
    done: number;
    failed: string[];
}

/** A client of pymilvus that searches through a name without a pause, as the user of a token. */
export const startPymilvusReader = (address: string, token: string, name: string) =>
    startPymilvus<PymilvusReads>("pymilvusReader.py", [address, token, name]);
