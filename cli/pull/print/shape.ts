import { Reference, Secret } from "../program/program";

export const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** A plain object. */
export const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" &&
    value !== null &&
    !isList(value) &&
    !(value instanceof Reference) &&
    !(value instanceof Secret);
