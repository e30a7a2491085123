import { WireError } from "../error";
import type { Key } from "./keys";

/** Rows whose key is greater than `after` and not greater than `upTo`; an undefined bound is open. */
export interface KeyRange {
    after?: Key;
    upTo?: Key;
}

/**
 * How a filter string represents a line break (measured). Milvus and milvus-lite 3: "letter", the escape `\n`.
 * milvus-lite 2.5: "itself", a backslash before the raw character, because it reads `\n` as the letter n. All other
 * escapes are identical.
 */
export type LineBreaks = "letter" | "itself";

const smallest = -(2n ** 63n);

/**
 * The filter for a range of keys, in Milvus' expression language ("Filtering Explained" in its docs); empty for all
 * rows. It never contains the smallest Int64, because Milvus 2.3 cannot parse it.
 * @throws WireError `unsupported` for a lone carriage return in a key, which milvus-lite 2.5 cannot express.
 */
export function keyFilter(field: string, range: KeyRange, lineBreaks: LineBreaks = "letter"): string {
    const { after, upTo } = range;
    const parts: string[] = [];
    if (after === smallest) parts.push(`${field} >= ${String(smallest + 1n)}`);
    else if (after !== undefined) parts.push(`${field} > ${literal(field, after, lineBreaks)}`);
    if (upTo === smallest) parts.push(`${field} < ${String(smallest + 1n)}`);
    else if (upTo !== undefined) parts.push(`${field} <= ${literal(field, upTo, lineBreaks)}`);
    return parts.join(" and ");
}

/** A filter that matches every key. */
export function everyKey(field: string, dataType: string): string {
    return dataType === "VarChar" ? `${field} >= ""` : `${field} <= ${String(2n ** 63n - 1n)}`;
}

/**
 * The filter for individual keys, at least one; every server accepts it for a delete too.
 * @throws WireError as `keyFilter`.
 */
export function keysFilter(field: string, keys: readonly Key[], lineBreaks: LineBreaks = "letter"): string {
    const named = keys.filter((key) => key !== smallest);
    const list = `${field} in [${named.map((key) => literal(field, key, lineBreaks)).join(", ")}]`;
    if (named.length === keys.length) return list;
    const least = keyFilter(field, { upTo: smallest });
    return named.length === 0 ? least : `${list} or ${least}`;
}

function literal(field: string, key: Key, lineBreaks: LineBreaks): string {
    if (typeof key === "bigint") return String(key);
    // Tab, NUL and other control characters stay unescaped: all servers read that form identically.
    const escaped = key.replace(/["\\]/g, "\\$&");
    if (lineBreaks === "letter") return `"${escaped.replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
    if (/\r(?!\n)/.test(key)) {
        const detail = "milvus-lite 2.5 cannot filter by a key with a carriage return";
        throw new WireError({ kind: "unsupported", column: field, detail });
    }
    return `"${escaped.replace(/\r?\n/g, "\\$&")}"`;
}
