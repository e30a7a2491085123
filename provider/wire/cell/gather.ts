import { type WireValue, encodeCell, isItem } from "./cell";
import type { Column } from "../column/column";
import { constantValues, noValues } from "./constant";
import { delimitedField } from "../encoding/emit";
import { slotBytes } from "../column/encode";
import { Misfit, WireError } from "../error";
import type { Target } from "./carry";
import { dataTypes } from "../column/members";
import { join } from "../encoding/scan";

/** The source of the values of a new column. */
export interface Gathering {
    /** The value of a row in the target; null for NULL. A Misfit becomes an error with the row. */
    valueOf: (row: number) => WireValue;
    /** A short text of the row's value, for the message about a value that does not fit. */
    show: (row: number) => string;
    /** The value that replaces NULLs; without it they stay NULL. */
    backfill?: WireValue;
}

/**
 * Builds a column in the form of an insert from a value for each row.
 * @throws WireError `does-not-fit`, `null-refused`, and as `constantValues` for the backfill
 */
export function gatherColumn(target: Target, rows: number, { valueOf, show, backfill }: Gathering): Column {
    const { name, dataType } = target;
    const empty = noValues(name, target);
    const filler =
        backfill === undefined || backfill === null
            ? undefined
            : slotBytes(constantValues(name, target, backfill, 1), 0);
    const encode = encodeCell[dataType]!;
    const pieces: Uint8Array[] = [];
    const nulls: number[] = [];
    for (let row = 0; row < rows; row++) {
        const cell = naming(name, row, show, () => {
            const value = valueOf(row);
            return value === null ? null : encode(value, target);
        });
        if (cell) pieces.push(...(isItem(dataType) ? delimitedField(1, [cell]) : [cell]));
        else if (filler) pieces.push(filler);
        else nulls.push(row);
    }
    if (nulls.length > 0 && !target.nullable)
        throw new WireError({ kind: "null-refused", column: name, row: nulls[0]!, count: nulls.length });
    const valid = target.nullable || target.hasDefault ? new Uint8Array(rows).fill(1) : undefined;
    for (const row of nulls) valid![row] = 0;
    return {
        name,
        type: dataTypes[dataType]!.code,
        isDynamic: target.isDynamic ?? false,
        payload: { kind: "values", values: { ...empty, body: join([...pieces, empty.body]) } },
        valid,
        unknown: [],
        bytes: new Uint8Array(),
    };
}

/** Adds the column, the row and the value to a Misfit. @throws WireError `does-not-fit` */
export function naming<T>(column: string, row: number, show: (row: number) => string, run: () => T): T {
    try {
        return run();
    } catch (error) {
        if (!(error instanceof Misfit)) throw error;
        throw new WireError({ kind: "does-not-fit", column, row, value: show(row), wanted: error.wanted });
    }
}
