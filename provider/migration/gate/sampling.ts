/**
 * A choice of `count` items of a stream that is as likely as any other (reservoir sampling). It is the same for the same
 * stream, so that a gate that is asked again asks the same queries.
 */
export class Reservoir<T> {
    readonly chosen: T[] = [];
    private seen = 0;
    private state = 0x9e3779b9;

    constructor(private readonly count: number) {}

    /** `itemAt` is asked only for an item that is chosen. */
    offer(items: number, itemAt: (place: number) => T): void {
        for (let place = 0; place < items; place++) {
            this.seen++;
            if (this.chosen.length < this.count) this.chosen.push(itemAt(place));
            else {
                const slot = Math.floor(this.random() * this.seen);
                if (slot < this.count) this.chosen[slot] = itemAt(place);
            }
        }
    }

    /** A number from 0 to 1, by mulberry32: it needs no quality beyond an even choice. */
    private random(): number {
        this.state = (this.state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    }
}
