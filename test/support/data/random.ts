/** Pseudo-random numbers, identical in every run (mulberry32), so that a failure is repeatable. */
export class Random {
    constructor(private state: number) {}

    /** An unsigned 32-bit integer. */
    bits(): number {
        this.state = (this.state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
        return (mixed ^ (mixed >>> 14)) >>> 0;
    }

    /** A whole number from 0 up to `limit`, exclusive. */
    below(limit: number): number {
        return Math.floor((this.bits() / 2 ** 32) * limit);
    }

    /** Any of the 2^64 values of an Int64. */
    int64(): bigint {
        return BigInt.asIntN(64, (BigInt(this.bits()) << 32n) | BigInt(this.bits()));
    }

    bytes(length: number): Buffer {
        const buffer = Buffer.alloc(length);
        for (let at = 0; at < length; at++) buffer[at] = this.bits();
        return buffer;
    }

    pick<T>(list: readonly T[]): T {
        return list[this.below(list.length)]!;
    }

    /** Shuffles in place (Fisher and Yates). */
    shuffle<T>(list: T[]): T[] {
        for (let at = list.length - 1; at > 0; at--) {
            const other = this.below(at + 1);
            [list[at], list[other]] = [list[other]!, list[at]!];
        }
        return list;
    }
}
