import type { Field } from "../../../inputs/schema/collection";
import type { RowStatistics, ObservedField } from "../../../observe/state";
import type { Conversion } from "./conversion";
import { rowsText } from "../../finding/figures";
import { fillOfNulls } from "./fill";
import type { Finding } from "../../finding/finding";
import { finding } from "../../finding/finding";
import { typeText } from "../../diff/typeText";

const limits = {
    maxLength: { statistic: "tooLong", beyond: "longer than" },
    maxCapacity: { statistic: "tooMany", beyond: "with more elements than" },
} as const;

/** Where a limit shrinks: an error where rows were counted that do not fit, a warning where nobody counted. */
export function misfits(to: Field, from: ObservedField, statistics: RowStatistics, path: string): Finding[] {
    return (["maxLength", "maxCapacity"] as const).flatMap((limit) => {
        const [before, after] = [from[limit], to[limit]];
        if (before === undefined || after === undefined || after >= before) return [];
        const { statistic, beyond } = limits[limit];
        const rows = statistics[statistic]?.[to.name];
        const fix = `Keep ${before}, or shorten such rows first.`;
        if (rows === undefined) {
            const message = `A ${to.name} ${beyond} ${after} stops the copy, before anything is switched.`;
            return [finding("MV104", `${path}.${limit}`, message, fix)];
        }
        const message = `${rowsText(rows)} ${hold(rows)} a ${to.name} ${beyond} ${after}.`;
        return rows === 0 ? [] : [finding("MV131", `${path}.${limit}`, message, fix)];
    });
}

/** Where NULL is no longer allowed, or would become a default. */
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
        const fix = "Give it a backfill for such rows, or keep it nullable.";
        if (rows !== undefined) {
            const message = `${rowsText(rows)} ${hold(rows)} NULL in ${to.name}.`;
            return [finding("MV132", `${path}.nullable`, message, fix)];
        }
        const message = `A NULL in ${to.name} stops the copy, before anything is switched.`;
        return [finding("MV108", `${path}.nullable`, message, fix)];
    }
    // A source with a default of its own holds no NULL: the server replaced each at its insert (2.5 and later).
    if (to.defaultValue === undefined || from.defaultValue !== undefined) return [];
    const who = rows === undefined ? "A row with NULL" : `${rowsText(rows)} with NULL`;
    const get = rows === undefined || rows === 1 ? "gets" : "get";
    const message = `${who} in ${to.name} ${get} ${JSON.stringify(to.defaultValue)}, the default.`;
    const fix = "Leave the default out to keep such rows NULL.";
    return [finding("MV109", `${path}.defaultValue`, message, fix, to.name)];
}

/** What may happen to values that become those of another type. */
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

/** A value that turns out not to convert stops the copy: nobody can count such rows before. */
export function uncertain(what: string, needs: string, path: string): Finding {
    const message = `A ${what} that is not ${needs} stops the copy, before anything is switched.`;
    return finding("MV134", path, message);
}

const hold = (rows: number) => (rows === 1 ? "holds" : "hold");
