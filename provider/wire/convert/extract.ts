import type { Target } from "../cell/carry";
import type { WireValue } from "../cell/cell";
import type { ConvertColumn } from "./convert";
import { jsonRows } from "../cell/decode";
import { WireError } from "../error";
import { jsonReader } from "./fromJson";
import { gatherColumn } from "../cell/gather";
import { type Span, valueAt } from "../json/scan";
import { shortly } from "../cell/shortly";

/** A value inside a JSON column. */
export interface Extraction {
    /** Keys from the outermost to the innermost: `["page"]`. */
    path: readonly string[];
    /** The value of a row whose key is missing or JSON's null; without it such a row becomes NULL. */
    missing?: WireValue;
}

/**
 * Builds the extraction of a JSON value (for example a key of the dynamic field) to a column. Digits are read as text,
 * so that an Int64 beyond 2^53 stays exact.
 * @throws WireError immediately `unsupported` for a type that JSON does not hold; while mapping `does-not-fit`,
 * `null-refused`, `malformed`.
 */
export function columnExtractor(target: Target, { path, missing }: Extraction): ConvertColumn {
    const read = jsonReader(target);
    if (!read) {
        const detail = `a JSON value cannot be converted to ${target.dataType}`;
        throw new WireError({ kind: "unsupported", column: target.name, detail });
    }
    return (column, rows) => {
        const jsonOf = jsonRows(column, rows);
        return gatherColumn(target, rows, {
            valueOf: (row) => {
                const json = jsonOf(row);
                const span = json && valueAt(json, path);
                return span ? read(json, span) : null;
            },
            show: (row) => shown(jsonOf(row)!, path),
            ...(missing !== undefined && { backfill: missing }),
        });
    };
}

/** The value at the path if it exists, otherwise the full JSON. */
function shown(json: Uint8Array, path: readonly string[]): string {
    let span: Span | undefined;
    try {
        span = valueAt(json, path);
    } catch {
        // The full text is the value that does not fit.
    }
    return shortly(span ? json.subarray(span.from, span.to) : json);
}
