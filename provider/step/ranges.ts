import { compareKeys, type Key } from "../milvus/wire";
import type { Bounds } from "./keySpace";

/** A range of keys in work: one reader goes through it in order, so that one key tells how far it is. */
export interface Range {
    readonly partition: string | undefined;
    /** Where the range began. */
    readonly begin: Key | undefined;
    /** The last key that is done, or being done. */
    after: Key | undefined;
    /** Drawn closer when a part of the range is given away. */
    upTo: Key | undefined;
    /** Rows that are left, about. */
    left: number;
    /** The last key whose row is in the target for sure; `begin` where there is none. */
    copied: Key | undefined;
    done: boolean;
}

/** Finds where to cut a range: `rows` of it lie beyond `at`. Undefined where it cannot be cut. */
export type Cut = (range: Readonly<Range>) => Promise<{ at: Key; rows: number } | undefined>;

/**
 * Hands out ranges to workers. A worker that finds none waiting takes the further part of the largest one in work, so
 * that all end at about the same time, whatever the distribution of the keys.
 */
export class Ranges {
    private readonly active = new Set<Range>();
    private readonly cutting = new Map<Range, Promise<unknown>>();
    /** All ranges, waiting, in work and done: together they are all keys, each once, at every moment. */
    readonly all: Range[];

    constructor(
        private readonly waiting: Range[],
        private readonly cut: Cut,
        /** A range with fewer rows left is not worth cutting. */
        private readonly least: number,
        /** Ranges that a former run was done with. */
        finished: readonly Range[] = [],
    ) {
        this.all = [...finished, ...waiting];
    }

    /** The next range to work on; undefined when all that is left is in good hands. */
    async next(): Promise<Range | undefined> {
        for (;;) {
            const range = this.waiting.shift();
            if (range) return this.start(range);
            const victim = this.largest();
            if (victim) {
                const part = this.share(victim);
                this.cutting.set(victim, part);
                const taken = await part.finally(() => this.cutting.delete(victim));
                if (taken) return this.start(taken);
            } else if (this.cutting.size > 0) {
                // What somebody else cuts may be worth cutting again.
                await Promise.race(this.cutting.values()).catch(() => undefined);
            } else return undefined;
        }
    }

    done(range: Range): void {
        range.left = 0;
        range.done = true;
        this.active.delete(range);
    }

    private start(range: Range): Range {
        this.active.add(range);
        return range;
    }

    private largest(): Range | undefined {
        const open = [...this.active].filter((range) => range.left >= this.least && !this.cutting.has(range));
        return open.sort((a, b) => b.left - a.left)[0];
    }

    private async share(victim: Range): Promise<Range | undefined> {
        const found = await this.cut(victim);
        // Its reader went on meanwhile, and may be past the cut or at the end.
        if (!found || !this.active.has(victim) || beyond(victim, found.at)) {
            if (!found) victim.left = 0;
            return undefined;
        }
        const part: Range = {
            partition: victim.partition,
            begin: found.at,
            after: found.at,
            upTo: victim.upTo,
            left: found.rows,
            copied: found.at,
            done: false,
        };
        this.all.push(part);
        victim.upTo = found.at;
        victim.left = Math.max(0, victim.left - found.rows);
        return part;
    }
}

function beyond(range: Range, at: Key): boolean {
    return range.after !== undefined && compareKeys(range.after, at) >= 0;
}

/** Keys that are tried at once while nobody knows how far the keys go: small ones leave most of the space empty. */
const TRIED = 4;

/**
 * Cuts a range where about half of its rows lie beyond, by counting: `middle` proposes keys, `count` tells the rows of
 * bounds. Each count halves the space of keys that is left to look at, so that skewed keys take a few more; what was
 * found to be empty at the end of a partition is not looked at again.
 */
export function cutByCounting(
    middle: (bounds: Bounds) => Key | undefined,
    count: (range: Pick<Range, "partition">, bounds: Bounds) => Promise<number>,
): Cut {
    const ends = new Map<string | undefined, Key>();
    return async (range) => {
        const { upTo, partition, left: total } = range;
        const last: Bounds = upTo === undefined ? {} : { upTo };
        let low = range.after;
        let high = upTo ?? ends.get(partition);
        const known = high !== undefined;
        for (let turn = 0; turn < 160; turn++) {
            const tried = descending(middle, { low, high, most: known ? 1 : TRIED });
            if (tried.length === 0 || range.done) return undefined;
            const rows = await Promise.all(tried.map((at) => count(range, { ...last, after: at })));
            for (const [place, at] of tried.entries()) {
                const beyond = rows[place]!;
                if (beyond > total * 0.65) {
                    low = at;
                    break;
                }
                if (beyond >= total * 0.35) return { at, rows: beyond };
                high = at;
                if (upTo === undefined && beyond === 0) ends.set(partition, at);
            }
        }
        return undefined;
    };
}

/** The middle, the middle below it, and so on. */
function descending(
    middle: (bounds: Bounds) => Key | undefined,
    { low, high, most }: { low: Key | undefined; high: Key | undefined; most: number },
): Key[] {
    const tried: Key[] = [];
    for (let upTo = high; tried.length < most;) {
        const at = middle({
            ...(low !== undefined && { after: low }),
            ...(upTo !== undefined && { upTo }),
        });
        if (at === undefined) break;
        tried.push(at);
        upTo = at;
    }
    return tried;
}
