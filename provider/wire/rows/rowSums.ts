import type { RowHashes } from "./rowHashes";

/** Few enough to keep in memory for any number of rows, many enough to isolate a few differing rows among millions. */
const BUCKETS = 1 << 14;

/**
 * The sums of row hashes, equal for the same rows in any order. Rows are assigned to buckets by hash, so that two
 * different sums identify the rows to read again. Size: 320 KB for any number of rows.
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

    /** The buckets whose rows differ, each with the number of its rows on both sides; empty if all are identical. */
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

/** The bucket of a row in a `RowSums`. */
export function bucketOf({ words }: RowHashes, row: number): number {
    return words[row * 4]! % BUCKETS;
}
