import type { Args } from "../program";

/** A malformed program and all that has to be told about it: property, code, a piece of the reason. */
export interface Malformed {
    it: string;
    args: Args;
    told: [property: string, code: string, fragment: string][];
}
