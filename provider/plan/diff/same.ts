import { isDeepStrictEqual } from "node:util";

/** Whether two values are equal as JSON. The deployed side was read from a state file, the other was not. */
export function same(a: unknown, b: unknown): boolean {
    if (a === b) return true;
    // JSON has neither -0 nor undefined values. The texts differ where the order of keys does, too.
    const [one, other] = [JSON.stringify(a), JSON.stringify(b)] as (string | undefined)[];
    return one === other || isDeepStrictEqual(parsed(one), parsed(other));
}

const parsed = (text: string | undefined): unknown =>
    text === undefined ? undefined : (JSON.parse(text) as unknown);
