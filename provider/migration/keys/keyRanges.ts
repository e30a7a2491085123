import { compareKeys, type Key } from "../../wire";
import type { Bounds } from "./midpoint";

/** A range of keys: one reader goes through it in key order, so that a single key tells its progress. */
export interface Range {
    readonly partition: string | undefined;
    /** The exclusive lower bound. */
    readonly begin: Key | undefined;
    /** The last key that was read. */
    after: Key | undefined;
    /** The inclusive upper bound. It moves down when a part of the range is split off. */
    upTo: Key | undefined;
    /** The estimated number of rows that are left. */
    left: number;
    /** The last key whose row is certainly in the target; `begin` if there is none. */
    copied: Key | undefined;
    done: boolean;
}

/** Finds where to split a range: `rows` of its rows lie beyond `at`. Undefined if it cannot be split. */
export type Split = (
    range: Readonly<Range>,
    /** Which part of its rows may lie beyond. Default: about a half. */
    beyond?: Share,
) => Promise<{ at: Key; rows: number } | undefined>;

/** The smallest and the largest part of the rows, from 0 to 1. */
export interface Share {
    least: number;
    most: number;
}

const HALF: Share = { least: 0.35, most: 0.65 };

/**
 * Assigns ranges to workers (work stealing): a worker without a waiting range takes the upper part of the largest
 * active one. All workers end at about the same time, whatever the distribution of the keys.
 */
export class RangeScheduler {
    private readonly active = new Set<Range>();
    private readonly splitting = new Map<Range, Promise<unknown>>();
    /** All ranges, waiting, active and done. At every moment they cover each key exactly once. */
    readonly all: Range[];

    constructor(
        private readonly waiting: Range[],
        private readonly split: Split,
        /** A range with fewer rows left is not split. */
        private readonly least: number,
        /** Ranges that an interrupted run has completed. */
        finished: readonly Range[] = [],
    ) {
        this.all = [...finished, ...waiting];
    }

    /** The next range to work on; undefined if other workers have all that is left. */
    async next(): Promise<Range | undefined> {
        for (;;) {
            const range = this.waiting.shift();
            if (range) return this.start(range);
            const victim = this.largest();
            if (victim) {
                const part = this.splitOff(victim);
                this.splitting.set(victim, part);
                const taken = await part.finally(() => this.splitting.delete(victim));
                if (taken) return this.start(taken);
            } else if (this.splitting.size > 0) {
                // A part that another worker splits off may be large enough to split again.
                await Promise.race(this.splitting.values()).catch(() => undefined);
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
        const open = [...this.active].filter(
            (range) => range.left >= this.least && !this.splitting.has(range),
        );
        return open.sort((a, b) => b.left - a.left)[0];
    }

    private async splitOff(victim: Range): Promise<Range | undefined> {
        const found = await this.split(victim);
        // Its reader went on during the split, and may be past it or at the end.
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

/** The number of concurrent counts if many keys may be tried. */
const AT_ONCE = 8;
/** After this many attempts without a result the search takes larger steps: rows may lie close to the range's start. */
const VAIN = 2;
/**
 * Halvings from one letter of a key to the next, of 0x110000 letters; a search goes a little beyond its start's
 * letters.
 */
const LETTER_STEPS = 21;
const MOST_STEPS = 4096;
const MOST_TURNS = 160;

/**
 * Splits a range where about half of its rows lie beyond, or the part that is asked for, by counting: `middle` proposes keys, `count` returns the rows
 * within bounds. A count halves the space of keys that is left; if the rows fill a small part of it (small numbers, a
 * common prefix), several counts at once find that part. The empty end of a partition is remembered, and not searched
 * again.
 */
export function splitByCounting(
    middle: (bounds: Bounds) => Key | undefined,
    count: (range: Pick<Range, "partition">, bounds: Bounds) => Promise<number>,
): Split {
    const ends = new Map<string | undefined, Key>();
    return async (range, { least, most } = HALF) => {
        const { upTo, partition, left: total } = range;
        const last: Bounds = upTo === undefined ? {} : { upTo };
        const [few, many] = [total * least, total * most];
        let low = range.after;
        let high = upTo ?? ends.get(partition);
        let vain = high === undefined ? VAIN : 0;
        for (let turn = 0; turn < MOST_TURNS; turn++) {
            // The reader may have read another page during the search.
            if (range.after !== undefined && (low === undefined || compareKeys(range.after, low) > 0))
                low = range.after;
            let keys = descending(middle, { low, high, most: vain < VAIN ? 1 : stepsFrom(low) });
            if (keys.length === 0) return undefined;
            while (keys.length > 0) {
                const tried = spread(keys, AT_ONCE);
                if (range.done) return undefined;
                const rows = await Promise.all(tried.map((at) => count(range, { ...last, after: at })));
                const empty = tried[rows.lastIndexOf(0)];
                if (upTo === undefined && empty !== undefined) ends.set(partition, empty);
                // The smaller the key, the more rows lie beyond it.
                const place = rows.findIndex((beyond) => beyond >= few);
                const at = tried[place];
                if (at !== undefined && rows[place]! <= many) return { at, rows: rows[place]! };
                if (at !== undefined) low = at;
                const above = at === undefined ? tried.at(-1) : tried[place - 1];
                if (above !== undefined) high = above;
                keys = keys.slice(
                    above === undefined ? 0 : keys.indexOf(above) + 1,
                    at === undefined ? keys.length : keys.indexOf(at),
                );
                vain = at === undefined ? vain + 1 : 0;
            }
        }
        return undefined;
    };
}

function stepsFrom(low: Key | undefined): number {
    const letters = typeof low === "string" ? low.length : 0;
    return Math.min(MOST_STEPS, LETTER_STEPS * (letters + 3));
}

/** The middle, then the middle of the part below it, and so on. */
function descending(
    middle: (bounds: Bounds) => Key | undefined,
    { low, high, most }: { low: Key | undefined; high: Key | undefined; most: number },
): Key[] {
    const keys: Key[] = [];
    for (let upTo = high; keys.length < most;) {
        const at = middle({
            ...(low !== undefined && { after: low }),
            ...(upTo !== undefined && { upTo }),
        });
        if (at === undefined) break;
        keys.push(at);
        upTo = at;
    }
    return keys;
}

/** Picks at most `most` keys, evenly spread, always including the last. */
function spread(keys: readonly Key[], most: number): Key[] {
    if (keys.length <= most) return [...keys];
    return Array.from(
        { length: most },
        (_, place) => keys[Math.floor(((place + 1) * keys.length) / most) - 1]!,
    );
}
