import type { Target } from "../cell/carry";
import type { WireValue } from "../cell/cell";
import type { ConvertColumn } from "./convert";
import { jsonRows } from "../cell/decode";
import { WireError } from "../error";
import { jsonReader } from "./fromJson";
import { gatherColumn } from "../cell/gather";
import { type Span, valueAt } from "../json/scan";
import { shortly } from "../cell/shortly";

/** A value inside of a column of JSON. */
export interface Extraction {
    /** Keys from the outside in: `["page"]`. */
    path: readonly string[];
    /** The value of a row without the key, or with JSON's null under it; without it such a row gets NULL. */
    missing?: WireValue;
}

/**
 * Makes the promotion of a value in JSON (a key of the dynamic field among them) to a column of its own. Digits are
 * read as they are written, so that an Int64 beyond 2^53 stays what it is.
 * @throws WireError at once `unsupported` for a type that JSON does not hold; while mapping `does-not-fit`,
 * `null-refused`, `malformed`.
 */
export function columnExtractor(target: Target, { path, missing }: Extraction): ConvertColumn {
    const read = jsonReader(target);
    if (!read) {
        const detail = `a value in JSON does not become a ${target.dataType}`;
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

/** The value under the path where that can be found, else all of the JSON. */
function shown(json: Uint8Array, path: readonly string[]): string {
    let span: Span | undefined;
    try {
        span = valueAt(json, path);
    } catch {
        // The whole text is what does not fit.
    }
    return shortly(span ? json.subarray(span.from, span.to) : json);
}
