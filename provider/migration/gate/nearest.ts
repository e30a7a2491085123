import type { Key } from "../../wire";

/** A row by its key, and its exact score; a larger score is nearer. */
export interface Neighbour {
    key: Key;
    score: number;
}

/** The nearest `count` rows of one query among those that were offered. */
export class Nearest {
    /** The nearest first. */
    readonly rows: Neighbour[] = [];
    /** A row that scores no more is not needed. */
    least = -Infinity;

    constructor(private readonly count: number) {}

    offer(key: Key, score: number): void {
        if (!(score > this.least)) return;
        const { rows, count } = this;
        let [low, high] = [0, rows.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (rows[middle]!.score >= score) low = middle + 1;
            else high = middle;
        }
        rows.splice(low, 0, { key, score });
        if (rows.length > count) rows.pop();
        if (rows.length === count) this.least = rows[count - 1]!.score;
    }
}
