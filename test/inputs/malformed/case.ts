import type { Args } from "../program";

/** A malformed program and the errors that it must get: property, code, and a fragment of the reason. */
export interface Malformed {
    it: string;
    args: Args;
    expected: [property: string, code: string, fragment: string][];
}
