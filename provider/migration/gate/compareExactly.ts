import { isMilvusError } from "../../milvus/transport/errors";
import type { Key } from "../../wire";
import { RunError } from "../errors";
import { exactScores, exactSearch, type Searched } from "./exactSearch";
import type { FieldFigures } from "./figures";
import type { Measuring } from "./measureField";
import { encodeQuery } from "./query";
import { meanOf, recallOf } from "./recall";
import { scorerOf } from "./scorer";

interface Recalls {
    now: FieldFigures["recall"];
    /** Null where there are no old hits. */
    old: FieldFigures["recall"];
}

/**
 * The recall of both sides against exact search over the new collection. Queries with the same filter share one reading of
 * the rows. Undefined for a metric whose exact neighbours are not computed. Errors: `MV434` for a filter that the server
 * refuses.
 *
 * @param now the hits of each query
 * @param old those of the old collection, where they are neighbours of the same vectors
 */
export async function compareExactly(
    { field, queries, ends, report, confirm }: Measuring,
    metric: string,
    now: readonly Key[][],
    old: readonly Key[][] | undefined,
): Promise<Recalls | undefined> {
    const recalls = { now: [] as (number | undefined)[], old: [] as (number | undefined)[] };
    const filters = [...new Set(queries.map(({ filter }) => filter))];
    for (const filter of filters) {
        const places = queries.flatMap((query, at) => (query.filter === filter ? [at] : []));
        const own = places.map((at) => queries[at]!);
        const scorer = scorerOf(
            field.dataType,
            metric,
            own.map(({ input }) => encodeQuery(input, field).value),
        );
        if (!scorer) return undefined;
        const { reader } = ends.now;
        const source = { ...reader, fields: [reader.key, field.field], ...(filter !== "" && { filter }) };
        report.say(
            `gate: ${field.field}: exact search over the rows of ${reader.ref.name}${filter === "" ? "" : ` where ${filter}`}`,
        );
        const searched = { source, field: field.field, scorer, confirm };
        const counts = own.map((query) => query.topK + (query.own === undefined ? 0 : 1));
        const { neighbours } = await exactSearch(searched, counts).catch((error: unknown) => {
            throw filter !== "" && isMilvusError(error, "invalid", "rejected")
                ? refusedFilter(reader.ref.name, filter, error)
                : error;
        });
        const exact = neighbours.map((rows, at) =>
            rows.filter(({ key }) => key !== own[at]!.own).slice(0, own[at]!.topK),
        );
        for (const side of ["now", "old"] as const) {
            const hits = side === "now" ? now : old;
            if (!hits) continue;
            recalls[side].push(
                ...(await recallsOf(
                    searched,
                    exact,
                    places.map((at) => hits[at]!),
                )),
            );
        }
    }
    return { now: meanOf(recalls.now) ?? null, old: meanOf(recalls.old) ?? null };
}

type ExactRows = Awaited<ReturnType<typeof exactSearch>>["neighbours"];

async function recallsOf(
    searched: Searched,
    exact: ExactRows,
    hits: readonly Key[][],
): Promise<(number | undefined)[]> {
    const known = exact.map((rows) => new Map(rows.map(({ key, score }) => [key, score])));
    const others = await exactScores(
        searched,
        hits.map((keys, query) => keys.filter((key) => !known[query]!.has(key))),
    );
    return hits.map((keys, query) => {
        const neighbours = exact[query]!;
        const tolerance = searched.scorer.tolerance(query, neighbours.at(-1)?.score ?? 0);
        return recallOf(
            keys,
            { neighbours, tolerance },
            (key) => known[query]!.get(key) ?? others[query]!.get(key),
        );
    });
}

function refusedFilter(name: string, filter: string, error: Error): RunError {
    return new RunError(
        "MV434",
        `${name}: migration.gate: the server refuses the filter of a query, ${filter} (${error.message}). Correct the query`,
    );
}
