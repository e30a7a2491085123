import type { MilvusClient } from "../milvus/client";
import { isMilvusError } from "../milvus/errors";
import { nextPage, PAGE_ROWS } from "../milvus/pages";
import { readPoint } from "../milvus/readPoint";
import { countRows } from "../milvus/rows";
import { columnOf, countLonger, type Key, keyAt, keysOf } from "../wire";
import { estimateReader } from "./reader";
import type { Facts, ObservedCollection, Question } from "./state";

/** A column of so many rows is read in a preview; of more, nobody waits for the answer. */
const READ_ROWS = 2_000_000;

/**
 * Counts what a plan wants to know. Nothing is answered for a collection that is not loaded, or in part alone, or by a
 * server that cannot count it; the plan says then what may happen instead of how often.
 */
export async function answer(
    client: MilvusClient,
    source: ObservedCollection,
    questions: readonly Question[],
    rows: number,
): Promise<Facts> {
    const facts: Facts = {};
    if (source.loadState !== "loaded") return facts;
    for (const question of questions) {
        const count = await ask(client, source, question, rows);
        if (count !== undefined) (facts[question.fact] ??= {})[question.field] = count;
    }
    return facts;
}

async function ask(
    client: MilvusClient,
    source: ObservedCollection,
    question: Question,
    rows: number,
): Promise<number | undefined> {
    const ref = { database: source.database, name: source.name };
    const counted = (filter: string, partitions: string[] = []): Promise<number | undefined> =>
        countRows(client, ref, filter, partitions).catch((error: unknown) => {
            // An expression that this server does not know: nobody can count.
            if (isMilvusError(error, "invalid", "rejected", "unsupported")) return undefined;
            throw error;
        });
    switch (question.fact) {
        case "nulls":
            return counted(`${question.source} is null`);
        case "held":
            return counted(`${question.source} is not null`);
        case "tooMany":
            return counted(`array_length(${question.source}) > ${question.limit}`);
        case "namesakes":
            return counted(`exists $meta["${question.source}"]`);
        case "inPartition":
            return counted("", [question.source]);
        case "tooLong":
            // Milvus' filters know no length of a text: its column alone is read.
            return rows > READ_ROWS ? undefined : longer(client, source, question.source, question.limit);
    }
}

async function longer(
    client: MilvusClient,
    source: ObservedCollection,
    field: string,
    limit: number,
): Promise<number | undefined> {
    // The plan states this number: rows of a moment ago count too.
    const reader = await estimateReader(client, source, [field], await readPoint(client));
    if (!reader) return undefined;
    let found = 0;
    let after: Key | undefined;
    for (;;) {
        const page = await nextPage(reader, after === undefined ? {} : { after }, PAGE_ROWS);
        if (page.rows === 0) return found;
        found += countLonger(columnOf(page, field), page.rows, limit);
        const keys = keysOf(columnOf(page, reader.key));
        after = keyAt(keys, keys.count - 1);
    }
}
