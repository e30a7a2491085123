import { isDeepStrictEqual } from "node:util";

/** Whether two values are equal as JSON. The deployed side was read from a state file, the other was not. */
export function same(a: unknown, b: unknown): boolean {
    return isDeepStrictEqual(written(a), written(b));
}

// JSON has neither -0 nor undefined values.
function written(value: unknown): unknown {
    return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
