import { rowsText, timeText } from "../../inputs/report/figures";
import type { ColumnMapping, RowMapping } from "../../plan/mapping/mapping";

export interface Verified {
    /** The name of the collection that was compared with its source. */
    name: string;
    rows: number;
    seconds: number;
    mapping: RowMapping;
    /**
     * `keys`: row by row; `multiset`: without keys, because each row has a new one; `count`: only the number of rows.
     */
    by: "keys" | "multiset" | "count";
}

/** The result of a verification in one line: how many rows, how long it took, and which columns cannot be compared. */
export function verifiedText({ name, rows, seconds, mapping, by }: Verified): string {
    if (by === "count")
        return `verified ${name}: it counts ${rowsText(rows)}, as many as were copied; the values were not compared, because migration.verify is "count"`;
    const left = notCompared(mapping);
    return (
        `verified ${name}: ${rowsText(rows)} compared value by value in ${timeText(seconds)}` +
        (by === "multiset" ? ", as a multiset, because their keys are new" : "") +
        (left.length > 0 ? `; not compared: ${left.join(", ")}` : "")
    );
}

/** The columns without a counterpart in the source, and why. */
function notCompared({ columns, targetOnly }: RowMapping): string[] {
    const reason = ({ kind }: ColumnMapping["source"]) => {
        if (kind === "omit") return "made by the server";
        // A transform may return another value the second time.
        return kind === "transform" ? "made by the transform" : undefined;
    };
    const stays = "retained value";
    const left = [
        ...columns.map(({ to, source }) => [to.name, reason(source)]),
        ...(targetOnly?.columns ?? []).map(({ to, source }) => [to.name, reason(source) ?? stays]),
        ...(targetOnly?.dynamic ? [["$meta", stays]] : []),
    ];
    return left.flatMap(([name, why]) => (why === undefined ? [] : [`${name} (${why})`]));
}
