/** Problems between a query answer and an insert request; `row` counts from 0 within the page. */
export type WireProblem =
    /** The bytes are not valid protobuf, or are inconsistent. */
    | { kind: "malformed"; detail: string }
    /** The answer has no such column: a server silently omits unknown fields. */
    | { kind: "missing-column"; column: string }
    /** A NULL in a field that is not nullable; `row` is the first of `count`. */
    | { kind: "null-refused"; column: string; row: number; count: number }
    /** A value that does not fit the target, shortened, and what would fit; `row` is the first such row. */
    | { kind: "does-not-fit"; column: string; row: number; value: string; wanted: string }
    /** A constant that is not a value of the column's type. */
    | { kind: "bad-value"; column: string; dataType: string; detail: string }
    /** A type or an encoding that cannot be decoded; it can only be copied unchanged. */
    | { kind: "unsupported"; column: string; detail: string };

const messages = {
    malformed: (p) => `The server's answer cannot be read: ${p.detail}.`,
    "missing-column": (p) => `The server's answer has no column ${p.column}.`,
    "null-refused": (p) =>
        `${p.column}: ${String(p.count)} rows of the page are NULL (first: row ${String(p.row)}); the field is not nullable.`,
    "does-not-fit": (p) =>
        `${p.column}: row ${String(p.row)} of the page holds ${p.value}; the field needs ${p.wanted}.`,
    "bad-value": (p) => `${p.column}: not a value of type ${p.dataType}: ${p.detail}.`,
    unsupported: (p) => `${p.column}: ${p.detail}.`,
} satisfies { [K in WireProblem["kind"]]: (problem: Extract<WireProblem, { kind: K }>) => string };

/** The error of `wire/`; `problem` holds the cause as data. */
export class WireError extends Error {
    constructor(readonly problem: WireProblem) {
        super((messages[problem.kind] as (problem: WireProblem) => string)(problem));
        this.name = "WireError";
    }
}

export function malformed(detail: string): WireError {
    return new WireError({ kind: "malformed", detail });
}

/**
 * Thrown for one value that does not fit; the caller that knows its row converts it to a `WireError`. `wanted` is what
 * would fit.
 */
export class Misfit extends TypeError {
    constructor(readonly wanted: string) {
        super(`${wanted} expected`);
        this.name = "Misfit";
    }
}
