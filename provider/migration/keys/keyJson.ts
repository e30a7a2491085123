import type { Key } from "../../wire";

/** A key in JSON: an Int64 as text after an `i`, because JSON would round it; a VarChar after an `s`. */
export type KeyJson = string | null;

/** Null stands for an open bound. */
export function keyToJson(key: Key | undefined): KeyJson {
    if (key === undefined) return null;
    return typeof key === "bigint" ? `i${key}` : `s${key}`;
}

/** Errors: a SyntaxError for a value that `keyToJson` does not produce. */
export function keyFromJson(json: unknown): Key | undefined {
    if (json === null) return undefined;
    if (typeof json === "string" && json.startsWith("s")) return json.slice(1);
    if (typeof json === "string" && /^i-?\d+$/.test(json)) return BigInt(json.slice(1));
    throw new SyntaxError(`${JSON.stringify(json)} is no key`);
}
