import { isDeepStrictEqual } from "node:util";

/** Whether two values mean the same once written as JSON: the deployed side has been through a state file. */
export function same(a: unknown, b: unknown): boolean {
    return isDeepStrictEqual(written(a), written(b));
}

// JSON knows neither -0 nor a key that holds undefined.
function written(value: unknown): unknown {
    return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
