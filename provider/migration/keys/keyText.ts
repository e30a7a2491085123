import type { Key } from "../../wire";

/** A key as messages show it: 17, "a\nb". */
export function keyText(key: Key): string {
    return typeof key === "bigint" ? String(key) : JSON.stringify(key);
}
