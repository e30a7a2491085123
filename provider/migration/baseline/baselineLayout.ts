import type { RowMapping } from "../../plan/mapping/mapping";
import type { RowHashes } from "../../wire";
import { HASH_BYTES } from "../read/rowHash";

/** What a baseline holds of each row besides its key and the hash of the source's row. */
export interface BaselineLayout {
    /** The type of the source's key. */
    dataType: "Int64" | "VarChar";
    /**
     * True if the target's row has a hash of its own. A transform computes a part of it, or the server its key: then the
     * source alone does not tell what the target holds.
     */
    ownTarget: boolean;
    /** True if the target generated an Int64 key for each row. */
    rekeyed: boolean;
}

/** What a baseline holds of the target's rows, by the place of each row in its page. */
export interface TargetRows {
    hashes: RowHashes;
    /** Present if the target generated the keys. */
    newKeys: BigInt64Array | undefined;
}

export function layoutOf({ key, transform }: Pick<RowMapping, "key" | "transform">): BaselineLayout {
    const rekeyed = key.regenerate;
    return { dataType: key.dataType, ownTarget: rekeyed || transform !== undefined, rekeyed };
}

/** Bytes that the layout adds to a row. */
export function targetBytes({ ownTarget, rekeyed }: BaselineLayout): number {
    return (ownTarget ? HASH_BYTES : 0) + (rekeyed ? 8 : 0);
}

/** Rows whose hashes are zero until they are set: no row has that hash. Undefined if the layout has none. */
export function targetRows({ ownTarget, rekeyed }: BaselineLayout, rows: number): TargetRows | undefined {
    if (!ownTarget) return undefined;
    const hashes = { rows, words: new Uint32Array(rows * 4) };
    return { hashes, newKeys: rekeyed ? new BigInt64Array(rows) : undefined };
}
