import type { Hits } from "../../milvus/rows/search";

/** Searches of each side before the measurement: they fill caches, and the first ones open connections of the server. */
const WARM_UP = 10;
/** Measured searches of each side at least: the 95th percentile of 200 rests on ten of them. */
const ENOUGH = 200;
/** Milliseconds after which no further round begins. */
const MOST_MS = 20_000;

/** A collection that answers queries by their place. */
export type Answer = (query: number) => Promise<Hits>;

export interface Answers {
    /** By query, of the first round. */
    hits: Hits[];
    milliseconds: number[];
}

export interface Asking {
    queries: number;
    now: Answer;
    /** Undefined where the old collection cannot answer. */
    old: Answer | undefined;
    /** In milliseconds. */
    clock: () => number;
}

/**
 * Asks both sides every query, one search at a time, and measures each. They take turns, so that what else the server does
 * hits both alike. Few queries are asked several times.
 */
export async function askBoth({
    queries,
    now,
    old,
    clock,
}: Asking): Promise<{ now: Answers; old?: Answers }> {
    const sides = [
        { answer: now, hits: [] as Hits[], milliseconds: [] as number[] },
        ...(old ? [{ answer: old, hits: [] as Hits[], milliseconds: [] as number[] }] : []),
    ];
    for (let query = 0; query < Math.min(WARM_UP, queries); query++)
        for (const { answer } of sides) await answer(query);
    const begun = clock();
    for (let round = 0; round === 0 || (round * queries < ENOUGH && clock() - begun < MOST_MS); round++)
        for (let query = 0; query < queries; query++)
            for (const side of (query + round) % 2 === 0 ? sides : sides.toReversed()) {
                const from = clock();
                const hits = await side.answer(query);
                side.milliseconds.push(clock() - from);
                if (round === 0) side.hits.push(hits);
            }
    const [mine, theirs] = sides.map(({ hits, milliseconds }): Answers => ({ hits, milliseconds }));
    return { now: mine!, ...(theirs && { old: theirs }) };
}
