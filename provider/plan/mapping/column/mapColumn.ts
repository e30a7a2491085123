import type { Collection, Field } from "../../../inputs/schema/collection";
import type { Capabilities, RowStatistics, ObservedCollection, ObservedField } from "../../../observe/state";
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

/** What the mapping of a column depends on, besides the two fields. */
export interface Surroundings {
    source: ObservedCollection;
    transform: Collection["migration"]["transform"];
    /** The JSON that the target's server stores. */
    json: Capabilities["json"];
    statistics: RowStatistics;
    /** Path of the target field among the arguments: `fields[2]`. */
    path: string;
}

const transformed: MappedColumn = { source: { kind: "transform" }, findings: [] };

/** The values of a field that no source field maps to. */
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
                  `Existing rows have no vector for the new field ${to.name}.`,
                  'Compute it with migration: { transform: "./module.js" }, set a backfill, make it nullable, or let a function fill it.',
              )
            : finding(
                  "MV105",
                  path,
                  `Existing rows have no value for ${to.name}: ${to.dataType} has no zero value.`,
                  "Set a backfill or a defaultValue, or make it nullable.",
              );
    return { source: { kind: "omit" }, findings: [reason] };
}

/** The values of a function's output. The server computes them, so earlier values are dropped. */
export function computeColumn(to: Field, from: ObservedField | undefined, path: string): MappedColumn {
    const own = from !== undefined && !from.isFunctionOutput;
    const message = `The old values of ${to.name} are dropped; a function computes new ones.`;
    const findings = own ? [finding("MV107", path, message, undefined, to.name)] : [];
    return { source: { kind: "omit" }, findings };
}

/** The values of an existing field: carried over as they are, or converted where the type differs. */
export function carryColumn(
    to: Field,
    from: ObservedField,
    readable: boolean,
    surroundings: Surroundings,
): MappedColumn {
    const { statistics, path, json } = surroundings;
    if (!readable) {
        const message = `Milvus does not return the values of ${from.name}: a function computed them.`;
        const rejection = finding("MV125", path, message, "Set a backfill, or keep the function.");
        return replaceColumn(to, surroundings, rejection, []);
    }
    // JSON null becomes NULL in any other type, even if the JSON field is not nullable.
    const holdsNull = from.nullable || (from.dataType === "JSON" && to.dataType !== "JSON");
    const nulls = holdsNull && !to.nullable ? fillOfNulls(to) : undefined;
    const filled = nulls === undefined ? {} : { nulls };
    const unfit = nullFindings(to, from, statistics, path);
    if (typeName(from) === typeName(to) && from.dim === to.dim)
        return {
            source: { kind: "carry", from, ...filled },
            findings: [...misfits(to, from, statistics, path), ...unfit],
        };
    const conversion = conversionOf(from, { ...to, json });
    if (conversion !== undefined)
        return {
            source: { kind: "convert", from, conversion, ...filled },
            findings: [...converting(to, from, conversion, path), ...unfit],
        };
    const [before, after] = [typeText(from), typeText(to)];
    const message = `Values of ${to.name} cannot be converted from ${before} to ${after}.`;
    const fix =
        'Compute new values with migration: { transform: "./module.js" }, replace them with a backfill, or declare a new field with another name.';
    const lost = `The old values of ${to.name} (${before}) are dropped.`;
    const givenUp = finding("MV107", path, lost, undefined, to.name);
    return replaceColumn(to, surroundings, finding("MV106", path, message, fix), [givenUp]);
}

/** The same column with the field's backfill in the place of NULL. */
export function filledUp(to: Field, { source, findings }: MappedColumn): MappedColumn {
    const nulls = fillOfNulls(to);
    const holdsNulls = source.kind === "carry" || source.kind === "convert";
    return { source: holdsNulls && nulls !== undefined ? { ...source, nulls } : source, findings };
}

/** Values that cannot be carried over: the program computes or replaces them, else the change is blocked. */
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
