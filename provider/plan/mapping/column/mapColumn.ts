import type { Collection, Field } from "../../../inputs/schema/collection";
import type { RowStatistics, ObservedCollection, ObservedField } from "../../../observe/state";
import { conversionOf } from "./conversion";
import { fill, fillOfNulls, saysNoValue } from "./fill";
import type { Finding } from "../../finding/finding";
import { finding } from "../../finding/finding";
import { extractColumn } from "./mapExtract";
import { converting, misfits, nullFindings } from "./findings";
import type { ColumnSource } from "../mapping";
import { typeName, typeText } from "../../diff/typeText";

export interface MappedColumn {
    source: ColumnSource;
    findings: Finding[];
}

/** What a column's mapping depends on beside the two fields. */
export interface Surroundings {
    source: ObservedCollection;
    transform: Collection["migration"]["transform"];
    statistics: RowStatistics;
    /** The target field's place among the arguments: `fields[2]`. */
    path: string;
}

const transformed: MappedColumn = { source: { kind: "transform" }, findings: [] };

/** The values of a field that no field of the source stands for. */
export function fillColumn(to: Field, { source, transform, path }: Surroundings): MappedColumn {
    if (to.from !== undefined) return extractColumn(to, to.from, source, path);
    if (transform !== undefined && saysNoValue(to)) return transformed;
    const filled = fill(to);
    if (filled.kind === "filled") return { source: filled.source, findings: [] };
    const reason =
        filled.reason === "vector"
            ? finding(
                  "MV103",
                  path,
                  `The rows that are there have no vector for the new field ${to.name}.`,
                  'Make it with migration: { transform: "./module.js" }, give it a backfill, make it nullable, or let a function fill it.',
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
    const findings = own ? [finding("MV107", path, message, undefined, to.name)] : [];
    return { source: { kind: "omit" }, findings };
}

/** The values of a field that was there before: as they are, or converted where the type is another. */
export function carryColumn(
    to: Field,
    from: ObservedField,
    readable: boolean,
    surroundings: Surroundings,
): MappedColumn {
    const { statistics, path } = surroundings;
    if (!readable) {
        const message = `Milvus does not give out the values of ${from.name}, a function made them.`;
        const rejection = finding("MV125", path, message, "Give it a backfill, or keep the function.");
        return replaceColumn(to, surroundings, rejection, []);
    }
    // JSON's null is NULL in any other type, and needs no field that is nullable.
    const holdsNull = from.nullable || (from.dataType === "JSON" && to.dataType !== "JSON");
    const nulls = holdsNull && !to.nullable ? fillOfNulls(to) : undefined;
    const filled = nulls === undefined ? {} : { nulls };
    const unfit = nullFindings(to, from, statistics, path);
    if (typeName(from) === typeName(to) && from.dim === to.dim)
        return {
            source: { kind: "carry", from, ...filled },
            findings: [...misfits(to, from, statistics, path), ...unfit],
        };
    const conversion = conversionOf(from, to);
    if (conversion !== undefined)
        return {
            source: { kind: "convert", from, conversion, ...filled },
            findings: [...converting(to, from, conversion, path), ...unfit],
        };
    const [before, after] = [typeText(from), typeText(to)];
    const message = `Values of ${to.name} cannot be converted from ${before} to ${after}.`;
    const fix =
        'Make new ones with migration: { transform: "./module.js" }, give up the old ones with a backfill, or declare it as a new field under another name.';
    const lost = `Old values of ${to.name} (${before}) are given up.`;
    const givenUp = finding("MV107", path, lost, undefined, to.name);
    return replaceColumn(to, surroundings, finding("MV106", path, message, fix), [givenUp]);
}

/** Values that cannot be carried: made or replaced where the program says how, else refused. */
function replaceColumn(
    to: Field,
    { transform }: Surroundings,
    rejection: Finding,
    accepted: Finding[],
): MappedColumn {
    if (transform !== undefined && to.backfill === undefined) return transformed;
    const filled = fill(to);
    return filled.kind === "filled" && to.backfill !== undefined
        ? { source: filled.source, findings: accepted }
        : { source: { kind: "omit" }, findings: [rejection] };
}
