import type { Field } from "../spec/collection";
import type { ObservedField } from "../observe/state";
import { fill, fillOfNulls } from "./fill";
import type { Finding } from "./finding";
import { finding } from "./finding";
import type { ColumnSource } from "./mapping";
import { typeName, typeText } from "./typeText";

export interface MappedColumn {
    source: ColumnSource;
    findings: Finding[];
}

/** The values of a field that no field of the source stands for. */
export function fillColumn(to: Field, path: string): MappedColumn {
    const filled = fill(to);
    if (filled.kind === "filled") return { source: filled.source, findings: [] };
    const reason =
        filled.because === "vector"
            ? finding(
                  "MV103",
                  path,
                  `The rows that are there have no vector for the new field ${to.name}.`,
                  "Give it a backfill, make it nullable, or let a function fill it.",
              )
            : finding(
                  "MV105",
                  path,
                  `${to.dataType} has no zero value for the rows that are there before ${to.name}.`,
                  "Give it a backfill or a defaultValue, or make it nullable.",
              );
    return { source: { kind: "omit" }, findings: [reason] };
}

/** The values of a function's output: the server makes them, whatever was there before. */
export function computeColumn(to: Field, from: ObservedField | undefined, path: string): MappedColumn {
    const own = from !== undefined && !from.isFunctionOutput;
    const message = `Old values of ${to.name} are given up, a function makes new ones.`;
    return { source: { kind: "omit" }, findings: own ? [finding("MV107", path, message)] : [] };
}

/** The values of a field that was there before, as they are where the type is the same. */
export function carryColumn(to: Field, from: ObservedField, readable: boolean, path: string): MappedColumn {
    if (!readable) {
        const message = `Milvus does not give out the values of ${from.name}, a function made them.`;
        return replaceColumn(
            to,
            finding("MV125", path, message, "Give it a backfill, or keep the function."),
            [],
        );
    }
    if (typeName(from) !== typeName(to) || from.dim !== to.dim) {
        const [before, after] = [typeText(from), typeText(to)];
        const message = `Values of ${to.name} cannot be converted from ${before} to ${after}.`;
        const fix =
            "Declare it as a new field under another name, or give up the old values with a backfill.";
        const givenUp = finding("MV107", path, `Old values of ${to.name} (${before}) are given up.`);
        return replaceColumn(to, finding("MV106", path, message, fix), [givenUp]);
    }
    const nulls = from.nullable && !to.nullable ? fillOfNulls(to) : undefined;
    return {
        source: { kind: "carry", from, ...(nulls === undefined ? {} : { nulls }) },
        findings: [...shrinks(to, from, path), ...nullFindings(to, from, path)],
    };
}

/** Values that cannot be carried: replaced where the program says by what, else refused. */
function replaceColumn(to: Field, refusal: Finding, accepted: Finding[]): MappedColumn {
    const filled = fill(to);
    return filled.kind === "filled" && to.backfill !== undefined
        ? { source: filled.source, findings: accepted }
        : { source: { kind: "omit" }, findings: [refusal] };
}

function shrinks(to: Field, from: ObservedField, path: string): Finding[] {
    return (["maxLength", "maxCapacity"] as const).flatMap((limit) => {
        const [before, after] = [from[limit], to[limit]];
        if (before === undefined || after === undefined || after >= before) return [];
        const beyond = limit === "maxLength" ? "longer than" : "with more elements than";
        const message = `A ${to.name} ${beyond} ${after} stops the copy, before anything is switched.`;
        return [finding("MV104", `${path}.${limit}`, message, `Keep ${before}, or shorten such rows first.`)];
    });
}

function nullFindings(to: Field, from: ObservedField, path: string): Finding[] {
    if (!from.nullable) return [];
    if (!to.nullable) {
        const message = `A NULL in ${to.name} stops the copy, before anything is switched.`;
        const fix = "Give it a backfill for such rows, or keep it nullable.";
        return fillOfNulls(to) === undefined ? [finding("MV108", `${path}.nullable`, message, fix)] : [];
    }
    // A source with a default of its own holds no NULL: the server replaced each at its insert (2.5 and later).
    if (to.defaultValue === undefined || from.defaultValue !== undefined) return [];
    const message = `A row with NULL in ${to.name} gets ${JSON.stringify(to.defaultValue)}, the default.`;
    return [
        finding("MV109", `${path}.defaultValue`, message, "Leave the default out to keep such rows NULL."),
    ];
}
