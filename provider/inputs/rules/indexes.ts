import { type DataType, isVector } from "../schema/dataType";
import { didYouMean } from "../report/didYouMean";
import { type CollectionDraft, each, placed, type Placed, type StructFieldDraft } from "../schema/draft";
import { indexTypes, listMetricTypes, metricTypes } from "../schema/indexType";
import type { Path } from "../report/path";
import type { Report } from "../report/report";

interface Target {
    /** Undefined while the type is open. */
    dataType: DataType | undefined;
    inStruct: boolean;
}

interface Metric {
    name: string;
    at: Path;
}

/** Source: Milvus docs, "Index Explained" and "Metric Types". */
export function indexes(draft: CollectionDraft, report: Report): void {
    const { targets, needs } = indexable(draft);
    const bm25 = bm25Outputs(draft);
    const seen = new Set<string>();
    for (const { value, at } of placed(draft.indexes, ["indexes"])) {
        const { field: name, indexType, metricType } = value;
        const place = [...at, "field"];
        if (name === undefined) continue;
        const target = targets.get(name) ?? dynamicKey(value, draft);
        if (!target) {
            const key =
                draft.enableDynamicField === true
                    ? " For a key of the dynamic field, set params: { json_path, json_cast_type }."
                    : "";
            const hint = didYouMean(name, targets.keys()) || ` Declare it in fields.${key}`;
            report.mistake("MV060", place, `There is no field "${name}".${hint}`, [
                ...needs,
                ["enableDynamicField"],
                [...at, "params"],
            ]);
            continue;
        }
        if (target.dataType === undefined) continue;
        // A JSON field has one index per path (docs, "JSON Indexing"), each with its own name.
        const another = target.dataType === "JSON" ? "Give this one a name." : "Omit this one.";
        if (seen.has(name) && (target.dataType !== "JSON" || value.name === undefined))
            report.mistake("MV064", place, `${name} already has an index. ${another}`, [[...at, "name"]]);
        seen.add(name);
        if (indexType !== undefined) typeFits(indexType, target.dataType, [...at, "indexType"], report);
        if (metricType === undefined) continue;
        const metric = { name: metricType, at: [...at, "metricType"] };
        if (metricFits(metric, target, report))
            functionFits(metric, bm25.outputs.has(name), bm25.needs, report);
    }
}

/**
 * A key of the dynamic field is indexed as a path of a JSON field is, with the type that its values are cast to (Milvus
 * docs, "Dynamic Field", 2.5.11).
 */
function dynamicKey(
    { params }: { params?: Record<string, unknown> | undefined },
    { enableDynamicField }: CollectionDraft,
): Target | undefined {
    const isCast = enableDynamicField === true && params !== undefined && "json_cast_type" in params;
    return isCast ? { dataType: "JSON", inStruct: false } : undefined;
}

function typeFits(indexType: string, dataType: DataType, at: Path, report: Report): void {
    const fits = indexTypes.get(indexType);
    if (fits === undefined)
        report.warn(
            "MV063",
            at,
            `"${indexType}" is not a known index type.${didYouMean(indexType, indexTypes.keys())}`,
        );
    else if (fits === "scalar" && isVector(dataType))
        report.mistake(
            "MV062",
            at,
            `${indexType} is for scalars, not for a ${dataType}. Write AUTOINDEX, or a vector index.`,
        );
    else if (Array.isArray(fits) && !(fits as readonly unknown[]).includes(dataType))
        report.mistake(
            "MV062",
            at,
            `${indexType} is for ${fits.join(", ")}, not for ${dataType}. Write AUTOINDEX, or another type.`,
        );
}

function metricFits({ name, at }: Metric, { dataType, inStruct }: Target, report: Report): boolean {
    if (!isVector(dataType)) {
        report.mistake("MV061", at, `${dataType!} has no metric. Omit metricType.`);
        return false;
    }
    const known = inStruct ? listMetricTypes(dataType) : metricTypes[dataType];
    if (known.includes(name)) return true;
    const hint = didYouMean(name, known) || ` Write one of ${known.join(", ")}.`;
    report.mistake("MV061", at, `${JSON.stringify(name)} does not fit a ${dataType}.${hint}`);
    return false;
}

/** The metric BM25 is for the output of a BM25 function only. Source: Milvus docs, "Full Text Search". */
function functionFits({ name, at }: Metric, ofBm25: boolean, needs: Path[], report: Report): void {
    if (ofBm25 && name !== "BM25") {
        const reason = "The output of a BM25 function needs the metric BM25. Write BM25, or omit metricType.";
        report.mistake("MV061", at, reason);
    }
    if (!ofBm25 && name === "BM25") {
        const reason =
            "The metric BM25 is for the output of a BM25 function only. Declare a function, or write IP.";
        report.mistake("MV061", at, reason, needs);
    }
}

/** The fields that can have an index, by name, and the paths that this depends on. */
function indexable(draft: CollectionDraft): { targets: Map<string, Target>; needs: Path[] } {
    const fields = placed(draft.fields, ["fields"]);
    const members = fields.flatMap(({ value, at }) => {
        const inside: Placed<StructFieldDraft>[] = placed(value.fields, [...at, "fields"]);
        return inside.map(({ value: member }) => ({ struct: value.name, member }));
    });
    const targets = new Map<string, Target>();
    for (const { value } of fields)
        if (value.name !== undefined) targets.set(value.name, { dataType: value.dataType, inStruct: false });
    for (const { struct, member } of members)
        if (struct !== undefined && member.name !== undefined)
            targets.set(`${struct}[${member.name}]`, { dataType: member.dataType, inStruct: true });
    return { targets, needs: [...each(fields, ["fields"], "name"), ...each(fields, ["fields"], "fields")] };
}

/** Names of the fields that BM25 functions fill, and the paths that this depends on. */
function bm25Outputs(draft: CollectionDraft): { outputs: Set<string>; needs: Path[] } {
    const all = placed(draft.functions, ["functions"]);
    const outputs = all.flatMap(({ value }) => (value.type === "BM25" ? (value.outputFieldNames ?? []) : []));
    return {
        outputs: new Set(outputs.filter((name) => name !== undefined)),
        needs: [...each(all, ["functions"], "type"), ...each(all, ["functions"], "outputFieldNames")],
    };
}
