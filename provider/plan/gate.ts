import type { Collection } from "../inputs/schema/collection";
import { isVector } from "../inputs/schema/dataType";
import { SAMPLED_QUERIES } from "../inputs/schema/gate";
import { rowsText } from "../inputs/report/figures";
import type { ObservedCollection } from "../observe/state";
import { finding, type Finding } from "./finding/finding";
import { type GatedField, gatedFields } from "./mapping/gatedFields";
import type { RowMapping } from "./mapping/mapping";
import type { Update } from "./strategy/update";

const PLACE = "migration.gate";

/** What a gate will not ask, and what it will not judge. */
export function gateFindings(target: Collection, mapping: RowMapping, source: ObservedCollection): Finding[] {
    const { gate } = target.migration;
    if (!gate) return [];
    const all = gatedFields(target, mapping, source);
    const inStructs = gate.fields === undefined ? vectorsInStructs(target) : [];
    if (all.length === 0) {
        const message = `No vector field can be asked: there are only vectors in an Array of Structs (${inStructs.join(", ")}).`;
        return [finding("MV193", PLACE, message, "Remove migration.gate.")];
    }
    const named = gate.fields ?? all.map(({ field }) => field);
    // A file or a module may ask any field.
    const isSampled = gate.module === undefined && typeof gate.queries !== "string";
    const asked = isSampled ? all.filter(({ field }) => named.includes(field)) : all;
    const left = isSampled ? asked.filter(({ canBeSampled }) => !canBeSampled) : [];
    if (isSampled && asked.every((field) => left.includes(field))) {
        const fix =
            "Write queries to a file and set migration.gate.queries to its path. Or remove migration.gate.";
        return [finding("MV193", PLACE, "No vector field can be asked with rows as queries.", fix)];
    }
    const answered = asked.filter((field) => !left.includes(field));
    return [
        ...inStructs.map(notSearched),
        ...left.map(notAsked),
        ...(gate.module === undefined ? answered.flatMap((field) => notExact(field, gate.baseline)) : []),
        ...(gate.maxLatencyRatio === undefined ? [] : answered.flatMap(notCompared)),
    ];
}

function notAsked({ field }: GatedField): Finding {
    const message = `${field} is not asked: rows cannot be sampled as queries of a BM25 function.`;
    return finding(
        "MV192",
        PLACE,
        message,
        "Write queries with text to a file, and set migration.gate.queries to its path.",
    );
}

/** Vectors in an Array of Structs, as an index names them. */
const vectorsInStructs = ({ fields }: Collection): string[] =>
    fields.flatMap(({ name, fields: own = [] }) =>
        own.filter(({ dataType }) => isVector(dataType)).map((field) => `${name}[${field.name}]`),
    );

/** The server searches it with lists of vectors, or one of its elements. Source: Milvus docs, "Array of Structs". */
function notSearched(field: string): Finding {
    const message = `${field} is not asked: the gate does not search vectors in an Array of Structs.`;
    return finding(
        "MV192",
        PLACE,
        message,
        "Compare its hits yourself after the switch: migration.keepPrevious retains the old collection to go back to.",
    );
}

function notExact(
    { field, isExact, isSameSpace, metric, old }: GatedField,
    baseline: "exact" | "old",
): Finding[] {
    if (baseline === "exact" && isExact) return [];
    const isCompared = old !== undefined && (isSameSpace || metric === "BM25");
    if (baseline === "old" && isCompared) return [];
    const why =
        baseline === "old"
            ? 'migration.gate.baseline is "old"'
            : `exact search is not computed for the metric ${metric}`;
    const message = isCompared
        ? `The hits of ${field} are compared with those of the old collection: ${why}.`
        : `The recall of ${field} is not judged: ${why}, and the old collection has no such vectors to compare with.`;
    return [finding("MV191", PLACE, message, "Judge the hits with a module: migration.gate.module.")];
}

function notCompared({ field, old }: GatedField): Finding[] {
    if (old) return [];
    const message = `The old collection has no counterpart of ${field}, so its latency is not judged.`;
    return [finding("MV194", `${PLACE}.maxLatencyRatio`, message)];
}

/** An index that changes in place is searched by clients as soon as it is loaded: nothing can be asked before. */
export function gateInPlace({ migration }: Collection, updates: readonly Update[]): Finding[] {
    const built = updates.flatMap((update) => (update.kind === "create-index" ? [update.index.field] : []));
    if (!migration.gate || built.length === 0) return [];
    const message = `The gate is not asked: the index of ${built.join(", ")} changes in place.`;
    return [finding("MV190", PLACE, message, 'Set migration: { indexes: "shadow" }.')];
}

/** What a plan says of its gate: what is asked, and the bar. */
export function gateText({
    migration,
}: Pick<Collection, "migration">): { asks: string; bar: string } | undefined {
    const { gate } = migration;
    if (!gate) return undefined;
    const { queries, module, minRecall, maxLatencyRatio, topK, baseline } = gate;
    const sampled = module === undefined || queries !== undefined;
    const count = typeof queries === "number" ? queries : SAMPLED_QUERIES;
    const from = typeof queries === "string" ? `the queries of ${queries}` : `${rowsText(count)} as queries`;
    const asks = [
        ...(sampled ? [from] : [`the queries of ${module}`]),
        ...(sampled && module !== undefined ? [`judged by ${module}`] : []),
    ].join(", ");
    const against = baseline === "exact" ? "exact search" : "the old collection";
    const recall = `recall at ${topK} against ${against} of at least ${minRecall}`;
    const latency =
        maxLatencyRatio === undefined ? [] : [`p95 of at most ${maxLatencyRatio} times the old one`];
    return { asks, bar: [recall, ...latency].join(", ") };
}
