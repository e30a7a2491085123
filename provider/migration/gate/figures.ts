import type { Gate } from "../../inputs/schema/gate";
import { type Latency, latencyRatio } from "./latency";

/** What the hits of the new collection were compared with. `none`: there was nothing to compare them with. */
export type Baseline = "exact" | "old" | "judge" | "none";

/** What a gate found of one vector field. */
export interface FieldFigures {
    field: string;
    queries: number;
    topK: number;
    baseline: Baseline;
    /** The mean and the lowest of the queries, from 0 to 1: the recall, or the score of `judge`. Null: not measured. */
    recall: { mean: number; lowest: number } | null;
    /** The same of the old collection, where its hits could be compared with the same rows. */
    oldRecall: { mean: number; lowest: number } | null;
    /** The share of the old hits that the new collection returns, too. Null where keys or vectors are others. */
    overlap: number | null;
    latency: Latency;
    oldLatency: Latency | null;
}

/** What is below the bar, a sentence for each figure; empty where the gate lets the cutover pass. */
export function belowBar(
    fields: readonly FieldFigures[],
    { minRecall, maxLatencyRatio }: Pick<Gate, "minRecall" | "maxLatencyRatio">,
): string[] {
    return fields.flatMap((figures) => {
        const { field, recall, latency, oldLatency } = figures;
        const ratio = oldLatency && latencyRatio(latency, oldLatency);
        return [
            ...(recall && recall.mean < minRecall
                ? [`${field}: ${recallName(figures)} is ${share(recall.mean)}, and minRecall is ${minRecall}`]
                : []),
            ...(ratio !== null && maxLatencyRatio !== undefined && ratio > maxLatencyRatio
                ? [
                      `${field}: the latency (p95) is ${ms(latency.p95)} ms, ${ratio.toFixed(2)} times the old one, and maxLatencyRatio is ${maxLatencyRatio}`,
                  ]
                : []),
        ];
    });
}

/** The figures as lines: the recall, then the latencies side by side. */
export function figureLines(figures: FieldFigures): string[] {
    const { field, queries, recall, oldRecall, overlap, baseline, latency, oldLatency } = figures;
    const against = {
        exact: "exact search",
        old: "the hits of the old collection",
        judge: "the module",
        none: "",
    };
    const parts = recall
        ? [
              `${recallName(figures)} ${share(recall.mean)} (lowest ${share(recall.lowest)})`,
              ...(oldRecall ? [`old ${share(oldRecall.mean)}`] : []),
              ...(overlap !== null && baseline !== "old" ? [`${share(overlap)} of the old hits`] : []),
          ]
        : ["recall not measured"];
    const by = recall ? `, by ${against[baseline]}` : "";
    const ratio = oldLatency
        ? `, old ${latencyText(oldLatency)}, p95 ${(latency.p95 / Math.max(oldLatency.p95, Number.MIN_VALUE)).toFixed(2)} times`
        : ", the old collection was not asked";
    return [
        `gate: ${field}: ${parts.join(", ")}, ${queries} queries${by}`,
        `gate: ${field}: latency p50/p95/p99 ${latencyText(latency)}${ratio} (${latency.count} searches each)`,
    ];
}

const recallName = ({ baseline, topK }: FieldFigures): string =>
    baseline === "judge" ? "score" : `recall at ${topK}`;
const latencyText = ({ p50, p95, p99 }: Latency): string => `${[p50, p95, p99].map(ms).join("/")} ms`;
const ms = (value: number): string => value.toFixed(1);
/** Rounded down, so that a figure below the bar never looks like the bar. */
const share = (value: number): string => (Math.floor(value * 1000 + 1e-9) / 1000).toFixed(3);
