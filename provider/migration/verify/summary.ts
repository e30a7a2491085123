import { rowsText, timeText } from "../../plan/finding/figures";
import type { ColumnMapping, RowMapping } from "../../plan/mapping/mapping";

export interface Verified {
    /** The name of the collection that was compared with its source. */
    name: string;
    rows: number;
    seconds: number;
    mapping: RowMapping;
    /** `keys`: row by row; `multiset`: as a whole, for each row has a new key; `count`: the numbers of rows alone. */
    by: "keys" | "multiset" | "count";
}

/** What was proven of a copy, in a line: how many rows, in how long, and what of them nobody can compare. */
export function verifiedText({ name, rows, seconds, mapping, by }: Verified): string {
    if (by === "count")
        return `verified ${name}: it counts ${rowsText(rows)}, as many as were copied; their values were not compared, for migration.verify is "count"`;
    const left = notCompared(mapping);
    return (
        `verified ${name}: ${rowsText(rows)} compared value by value in ${timeText(seconds)}` +
        (by === "multiset" ? ", as a whole, for their keys are new" : "") +
        (left.length > 0 ? `; not compared: ${left.join(", ")}` : "")
    );
}

/** Columns without a partner in the source, and why. */
function notCompared({ columns, targetOnly }: RowMapping): string[] {
    const reason = ({ kind }: ColumnMapping["source"]) => {
        if (kind === "omit") return "made by the server";
        // Asked twice, it may answer otherwise.
        return kind === "transform" ? "made by the transform" : undefined;
    };
    const stays = "as it was kept";
    const left = [
        ...columns.map(({ to, source }) => [to.name, reason(source)]),
        ...(targetOnly?.columns ?? []).map(({ to, source }) => [to.name, reason(source) ?? stays]),
        ...(targetOnly?.dynamic ? [["$meta", stays]] : []),
    ];
    return left.flatMap(([name, why]) => (why === undefined ? [] : [`${name} (${why})`]));
}
