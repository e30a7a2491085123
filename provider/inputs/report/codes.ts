import type { CodeEntry } from "./code";
import { keys } from "./codes/keys";
import { memory } from "./codes/memory";
import { shape } from "./codes/shape";
import { surroundings } from "./codes/surroundings";
import { types } from "./codes/types";
import { values } from "./codes/values";
import { vectors } from "./codes/vectors";

type Tables = typeof shape &
    typeof keys &
    typeof types &
    typeof values &
    typeof vectors &
    typeof surroundings &
    typeof memory;

/**
 * The checks of arguments. Each rule has one stable code: a message ends with it, and the documentation explains it.
 * MV001 to MV099 and MV472 to MV479 are reserved for this table. No check is retryable: the program has to change.
 */
export const codes: Readonly<Record<keyof Tables, CodeEntry>> = {
    ...shape,
    ...keys,
    ...types,
    ...values,
    ...vectors,
    ...surroundings,
    ...memory,
};

export type CheckCode = keyof typeof codes;
