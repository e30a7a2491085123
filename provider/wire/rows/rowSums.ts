import type { RowHashes } from "./rowHashes";

/** Few enough to be at hand for any number of rows, many enough to lead to the few rows of some millions that differ. */
const BUCKETS = 1 << 14;

/**
 * The sums of the hashes of many rows, equal for the same rows in any order. Rows fall into buckets by their hashes, so
 * that two sums that differ tell which rows to look at again: 320 KB, however many rows there are.
 */
export class RowSums {
    private readonly words = new Uint32Array(BUCKETS * 4);
    private readonly counts = new Uint32Array(BUCKETS);
    rows = 0;

    add(hashes: RowHashes): void {
        for (let row = 0; row < hashes.rows; row++) {
            const bucket = bucketOf(hashes, row);
            this.counts[bucket]!++;
            for (let word = 0; word < 4; word++)
                this.words[bucket * 4 + word]! += hashes.words[row * 4 + word]!;
        }
        this.rows += hashes.rows;
    }

    /** The buckets whose rows are not the same, each with its rows on both sides together; empty where all are alike. */
    differing(other: RowSums): Map<number, number> {
        const found = new Map<number, number>();
        for (let bucket = 0; bucket < BUCKETS; bucket++) {
            const [own, others] = [this.counts[bucket]!, other.counts[bucket]!];
            let same = own === others;
            for (let word = bucket * 4; same && word < bucket * 4 + 4; word++)
                same = this.words[word] === other.words[word];
            if (!same) found.set(bucket, own + others);
        }
        return found;
    }
}

/** In which bucket of a `RowSums` a row falls. */
export function bucketOf({ words }: RowHashes, row: number): number {
    return words[row * 4]! % BUCKETS;
}
