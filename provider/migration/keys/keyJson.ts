import type { Key } from "../../wire";

/** A key as it is kept in JSON: an Int64 as text after an `i`, for JSON would round it; a VarChar after an `s`. */
export type KeyJson = string | null;

/** Null stands for an open end. */
export function keyToJson(key: Key | undefined): KeyJson {
    if (key === undefined) return null;
    return typeof key === "bigint" ? `i${key}` : `s${key}`;
}

/** Errors: a SyntaxError for what `keyToJson` has not made. */
export function keyFromJson(json: unknown): Key | undefined {
    if (json === null) return undefined;
    if (typeof json === "string" && json.startsWith("s")) return json.slice(1);
    if (typeof json === "string" && /^i-?\d+$/.test(json)) return BigInt(json.slice(1));
    throw new SyntaxError(`${JSON.stringify(json)} is no key`);
}
