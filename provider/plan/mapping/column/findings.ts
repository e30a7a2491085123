import type { Field } from "../../../inputs/schema/collection";
import type { RowStatistics, ObservedField } from "../../../observe/state";
import type { Conversion } from "./conversion";
import { rowsText } from "../../../inputs/report/figures";
import { fillOfNulls } from "./fill";
import type { Finding } from "../../finding/finding";
import { finding } from "../../finding/finding";
import { typeText } from "../../diff/typeText";

const limits = {
    maxLength: { statistic: "tooLong", beyond: (limit: number) => `longer than ${limit} bytes` },
    maxCapacity: { statistic: "tooMany", beyond: (limit: number) => `of more than ${limit} elements` },
} as const;

/** A limit that shrinks is an error where counted rows do not fit, and a warning where the rows were not counted. */
export function misfits(to: Field, from: ObservedField, statistics: RowStatistics, path: string): Finding[] {
    return (["maxLength", "maxCapacity"] as const).flatMap((limit) => {
        const [before, after] = [from[limit], to[limit]];
        if (before === undefined || after === undefined || after >= before) return [];
        const { statistic, beyond } = limits[limit];
        const rows = statistics[statistic]?.[to.name];
        const fix = `Keep ${before}, or shorten these rows first.`;
        if (rows === undefined) {
            const message = `A row with a ${to.name} ${beyond(after)} stops the copy before the cutover.`;
            return [finding("MV104", `${path}.${limit}`, message, fix)];
        }
        const message = `${rowsText(rows)} ${hold(rows)} a ${to.name} ${beyond(after)}.`;
        return rows === 0 ? [] : [finding("MV131", `${path}.${limit}`, message, fix)];
    });
}

/** Findings for NULLs that are no longer allowed or that become the default. */
export function nullFindings(
    to: Field,
    from: ObservedField,
    statistics: RowStatistics,
    path: string,
): Finding[] {
    const rows = statistics.nulls?.[to.name];
    if (!from.nullable || rows === 0) return [];
    if (!to.nullable) {
        if (fillOfNulls(to) !== undefined) return [];
        const fix = "Set a backfill for these rows, or keep it nullable.";
        if (rows !== undefined) {
            const message = `${rowsText(rows)} ${hold(rows)} NULL in ${to.name}.`;
            return [finding("MV132", `${path}.nullable`, message, fix)];
        }
        const message = `A row with NULL in ${to.name} stops the copy before the cutover.`;
        return [finding("MV108", `${path}.nullable`, message, fix)];
    }
    // A source field with a default holds no NULL: the server replaces it at the insert (2.5 and later).
    if (to.defaultValue === undefined || from.defaultValue !== undefined) return [];
    const who = rows === undefined ? "A row with NULL" : `${rowsText(rows)} with NULL`;
    const get = rows === undefined || rows === 1 ? "gets" : "get";
    const message = `${who} in ${to.name} ${get} the default ${JSON.stringify(to.defaultValue)}.`;
    const fix = "Omit defaultValue to keep NULL in these rows.";
    return [finding("MV109", `${path}.defaultValue`, message, fix, to.name)];
}

/** Findings for values that are converted to another type. */
export function converting(to: Field, from: ObservedField, conversion: Conversion, path: string): Finding[] {
    switch (conversion.kind) {
        case "exact":
            return [];
        case "checked":
            return [uncertain(to.name, conversion.needs, path)];
        case "lossy": {
            const message = `Values of ${to.name} lose ${conversion.loss} from ${typeText(from)} to ${typeText(to)}.`;
            const fix = `Keep ${typeText(from)}.`;
            return [finding("MV133", path, message, fix, to.name)];
        }
    }
}

/** A value that cannot be converted stops the copy. No server can count these rows in advance. */
export function uncertain(what: string, needs: string, path: string): Finding {
    const message = `A row whose ${what} is not ${needs} stops the copy before the cutover.`;
    return finding("MV134", path, message);
}

const hold = (rows: number) => (rows === 1 ? "holds" : "hold");
