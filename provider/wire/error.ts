/** What can go wrong between a query answer and an insert request; `row` counts from 0 within the page. */
export type WireProblem =
    /** The bytes are no valid protobuf, or do not agree with themselves. */
    | { kind: "malformed"; detail: string }
    /** The answer holds no such column: a server drops in silence what it does not know. */
    | { kind: "missing-column"; column: string }
    /** A NULL where the target takes none; `row` is the first of `count`. */
    | { kind: "null-refused"; column: string; row: number; count: number }
    /** A value that does not fit the target, in short, and what would; `row` is the first such row. */
    | { kind: "does-not-fit"; column: string; row: number; value: string; wanted: string }
    /** A constant that is no value of the column's type. */
    | { kind: "bad-value"; column: string; dataType: string; detail: string }
    /** A type or an encoding that cannot be taken apart; it is carried only unchanged. */
    | { kind: "unsupported"; column: string; detail: string };

const messages = {
    malformed: (p) => `The server's answer cannot be read: ${p.detail}.`,
    "missing-column": (p) => `The server's answer has no column ${p.column}.`,
    "null-refused": (p) =>
        `${p.column}: ${String(p.count)} rows of the page are NULL (first: row ${String(p.row)}); the field takes no NULL.`,
    "does-not-fit": (p) =>
        `${p.column}: row ${String(p.row)} of the page holds ${p.value}; the field needs ${p.wanted}.`,
    "bad-value": (p) => `${p.column}: not a value of type ${p.dataType}: ${p.detail}.`,
    unsupported: (p) => `${p.column}: ${p.detail}.`,
} satisfies { [K in WireProblem["kind"]]: (problem: Extract<WireProblem, { kind: K }>) => string };

/** Thrown by everything in this folder; `problem` tells what happened as data. */
export class WireError extends Error {
    constructor(readonly problem: WireProblem) {
        super((messages[problem.kind] as (problem: WireProblem) => string)(problem));
        this.name = "WireError";
    }
}

export function malformed(detail: string): WireError {
    return new WireError({ kind: "malformed", detail });
}

/** Thrown where one value does not fit; who knows its row makes a `WireError` of it. `wanted` is what would fit. */
export class Misfit extends TypeError {
    constructor(readonly wanted: string) {
        super(`${wanted} expected`);
        this.name = "Misfit";
    }
}
