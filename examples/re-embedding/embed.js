"use strict";

const { setTimeout: delay } = require("node:timers/promises");
const { crc32 } = require("node:zlib");

/** The dimension of the new model, as in schema.ts. */
const DIM = 128;

// #region contract
/** Gets at most `batchRows` rows with all their fields; returns one object for each, in their order. */
module.exports = async (rows) => {
    const texts = rows.map(({ text }) => text);
    const vectors = process.env.EMBEDDING_URL ? await askModel(texts) : texts.map(countTriples);
    return vectors.map((vector) => ({ vector }));
};
// #endregion contract

// #region api
const TRIES = 8;

/** Asks an endpoint that takes `{ model, input }` and answers `{ data: [{ index, embedding }] }`, as OpenAI's does. */
async function askModel(texts) {
    for (let tried = 1; ; tried++) {
        await takeTurn(texts);
        const answer = await fetch(process.env.EMBEDDING_URL, {
            method: "POST",
            headers: {
                "content-type": "application/json",
                authorization: `Bearer ${process.env.EMBEDDING_API_KEY}`,
            },
            body: JSON.stringify({ model: process.env.EMBEDDING_MODEL, input: texts }),
            signal: AbortSignal.timeout(60_000),
        });
        if (answer.ok) {
            const { data } = await answer.json();
            return data.sort((one, other) => one.index - other.index).map(({ embedding }) => embedding);
        }
        const isBusy = answer.status === 429 || answer.status >= 500;
        if (!isBusy || tried === TRIES) throw new Error(`the model answers ${answer.status}`);
        // The server knows best how long; without its word, each pause is twice as long as the one before.
        const asked = Number(answer.headers.get("retry-after"));
        await delay(1000 * (asked > 0 ? asked : 2 ** (tried - 1)));
    }
}
// #endregion api

// #region limit
let free = 0;

/** Spreads the calls of a run evenly over time, so that they stay below the limit of the account. */
async function takeTurn(texts) {
    const perMinute = Number(process.env.EMBEDDING_TOKENS_PER_MINUTE ?? Infinity);
    const tokens = texts.reduce((sum, text) => sum + text.length / 4, 0);
    const start = Math.max(free, Date.now());
    free = start + (tokens / perMinute) * 60_000;
    await delay(start - Date.now());
}
// #endregion limit

/** A stand-in for a model: it counts triples of letters, so that texts with the same words are near. */
function countTriples(text) {
    const vector = Array(DIM).fill(0);
    const letters = text.toLowerCase();
    for (let place = 0; place < letters.length - 2; place++)
        vector[crc32(letters.slice(place, place + 3)) % DIM] += 1;
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
    return vector.map((value) => value / length);
}
