import type { Gate } from "../../inputs/schema/gate";
import { isMilvusError } from "../../milvus/transport/errors";
import { type Hits, search } from "../../milvus/rows/search";
import type { GatedField } from "../../plan/mapping/gatedFields";
import type { Key } from "../../wire";
import { RunError } from "../errors";
import type { Report } from "../report";
import { type Answer, type Answers, askBoth } from "./askBoth";
import { compareExactly } from "./compareExactly";
import type { Baseline, FieldFigures } from "./figures";
import type { GateEnd, GateEnds } from "./gateEnds";
import type { GateModule } from "./gateModule";
import { latencyOf } from "./latency";
import { encodeQuery, type Query } from "./query";
import { meanOf, overlapOf } from "./recall";

export interface Measuring {
    field: GatedField;
    /** Those of the field. */
    queries: readonly Query[];
    gate: Gate;
    judge: GateModule["judge"] | undefined;
    ends: GateEnds;
    report: Report;
    confirm: () => Promise<void>;
}

/** Asks both collections the queries of one field, and compares their hits. Errors: `MV433`, `MV434`. */
export async function measureField(measuring: Measuring): Promise<FieldFigures> {
    const { field, queries, ends } = measuring;
    const answers = await ask(measuring);
    const now = answers.now.hits.map((hits, at) => keysOf(hits, queries[at]!));
    const old = answers.old?.hits.map((hits, at) => keysOf(hits, queries[at]!));
    const isSameKey = ends.old?.hasSameKeys ?? false;
    const overlaps = old && isSameKey ? old.map((keys, at) => overlapOf(now[at]!, keys)) : [];
    const overlap = meanOf(overlaps) ?? null;
    const compared = await compare(measuring, answers, {
        now,
        old: isSameKey && field.isSameSpace ? old : undefined,
        overlap,
    });
    return {
        field: field.field,
        queries: queries.length,
        topK: Math.max(...queries.map(({ topK }) => topK)),
        ...compared,
        overlap: overlap && overlap.mean,
        latency: latencyOf(answers.now.milliseconds)!,
        oldLatency: (answers.old && latencyOf(answers.old.milliseconds)) ?? null,
    };
}

interface Found {
    now: Key[][];
    /** Undefined where the old hits are no neighbours of the same vectors. */
    old: Key[][] | undefined;
    overlap: FieldFigures["recall"];
}

async function compare(
    measuring: Measuring,
    answers: { now: Answers; old?: Answers },
    { now, old, overlap }: Found,
): Promise<Pick<FieldFigures, "baseline" | "recall" | "oldRecall">> {
    const { field, queries, gate, judge, ends } = measuring;
    const result = (
        baseline: Baseline,
        recall: FieldFigures["recall"],
        oldRecall: FieldFigures["recall"] = null,
    ) => ({
        baseline,
        recall,
        oldRecall,
    });
    if (judge) {
        const scored = (hits: Hits | undefined) =>
            hits && hits.keys.map((key, place) => ({ key, score: hits.scores[place]! }));
        const scores = await judge(
            queries.map(({ field: name, input, filter, topK, about }, at) => ({
                field: name,
                query: input,
                filter,
                topK,
                about,
                old: scored(answers.old?.hits[at]),
                new: scored(answers.now.hits[at])!,
            })),
        );
        return result("judge", meanOf(scores) ?? null);
    }
    if (gate.baseline === "exact") {
        const metric = ends.now.metrics.get(field.field) ?? field.metric;
        const exact = await compareExactly(measuring, metric, now, old);
        if (exact) return result("exact", exact.now, exact.old);
    }
    const isComparable = old !== undefined || (field.takesText && answers.old !== undefined);
    return isComparable && overlap ? result("old", overlap) : result("none", null);
}

/** The hits that count: without the sampled row itself, and no more than the query asks for. */
function keysOf({ keys }: Hits, { own, topK }: Query): Key[] {
    return keys.filter((key) => key !== own).slice(0, topK);
}

async function ask({
    field,
    queries,
    gate,
    ends,
    report,
    confirm,
}: Measuring): Promise<{ now: Answers; old?: Answers }> {
    const { now, old } = ends;
    const answers = { queries: queries.length, clock: () => performance.now() };
    const newAnswer = answerOf(now, field, field.field, (at) => queries[at]!.input, queries, confirm);
    const oldField = field.old;
    const isAsked = old && oldField && queries.every((query) => isAskedOld(query, field));
    if (!isAsked) return askBoth({ ...answers, now: newAnswer, old: undefined });
    const oldInput = (at: number) => queries[at]!.oldInput ?? queries[at]!.input;
    const oldAnswer = answerOf(old, oldField, oldField.field, oldInput, queries, confirm);
    // What the old index does not take is said, and fails only where its latency is a bar.
    const refused = await oldAnswer(0).then(
        () => undefined,
        (error: unknown) => {
            if (error instanceof RunError && error.code === "MV434" && gate.maxLatencyRatio === undefined)
                return error;
            throw error;
        },
    );
    if (refused) report.say(`warning: the old collection is not asked: ${refused.message}`);
    return askBoth({ ...answers, now: newAnswer, old: refused ? undefined : oldAnswer });
}

/** A vector of another space or size has no meaning in the old collection. */
function isAskedOld({ oldInput, input }: Query, { isSameSpace, takesText, old, dim }: GatedField): boolean {
    if (oldInput !== undefined || (takesText && typeof input === "string")) return true;
    return isSameSpace && old?.dim === dim;
}

function answerOf(
    { client, ref, metrics, readPoint }: GateEnd,
    type: { dataType: GatedField["dataType"]; dim: number | undefined },
    field: string,
    inputOf: (at: number) => Query["input"],
    queries: readonly Query[],
    confirm: () => Promise<void>,
): Answer {
    const metric = metrics.get(field);
    const encoded = queries.map((_, at) => encodeQuery(inputOf(at), type));
    return async (at) => {
        await confirm();
        const { topK, params, filter, own } = queries[at]!;
        const asked = {
            field,
            ...encoded[at]!,
            topK: own === undefined ? topK : topK + 1,
            metric,
            params,
            filter,
        };
        try {
            return await search(client, ref, { ...asked, readPoint });
        } catch (error) {
            if (!isMilvusError(error, "invalid", "rejected", "unsupported", "not-found")) throw error;
            throw new RunError(
                "MV434",
                `${ref.name}: migration.gate: the server refuses a search of ${field} (${error.message}). Correct migration.gate.searchParams, or the query`,
            );
        }
    };
}
