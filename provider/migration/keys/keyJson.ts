import type { Key } from "../../wire";

/** A key as it is kept in JSON: an Int64 as text after an `i`, for JSON would round it; a VarChar after an `s`. */
export type KeyJson = string | null;

/** Null stands for an open end. */
export function keyToJson(key: Key | undefined): KeyJson {
    if (key === undefined) return null;
    return typeof key === "bigint" ? `i${key}` : `s${key}`;
}

/** Errors: a SyntaxError for what `keyToJson` has not made. */
export function keyFromJson(kept: unknown): Key | undefined {
    if (kept === null) return undefined;
    if (typeof kept === "string" && kept.startsWith("s")) return kept.slice(1);
    if (typeof kept === "string" && /^i-?\d+$/.test(kept)) return BigInt(kept.slice(1));
    throw new SyntaxError(`${JSON.stringify(kept)} is no key`);
}
