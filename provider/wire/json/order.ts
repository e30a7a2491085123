const QUOTE = 0x22;
const COMMA = 0x2c;

/** Compares two keys by their bytes; `a` and `b` are the positions of their quotes. Plain keys contain no quote. */
export function keyOrder(json: Uint8Array, a: number, b: number): number {
    for (let place = 1; ; place++) {
        const left = json[a + place]!;
        const right = json[b + place]!;
        if (left === right) {
            if (left === QUOTE) return 0;
        } else if (left === QUOTE) return -1;
        else if (right === QUOTE) return 1;
        else return left - right;
    }
}

/**
 * Sorts the members of an object by key. `starts` and `ends` hold their positions, from index `first` up to `last`
 * (exclusive), with commas between them. The sort uses the space behind the last member, which must be as large.
 * Returns false if two members have the same key.
 */
export function sortMembers(
    json: Uint8Array,
    starts: number[],
    ends: number[],
    first: number,
    last: number,
): boolean {
    const begin = starts[first]!;
    const end = ends[last - 1]!;
    // Insertion sort: objects have few members, and most are already sorted.
    for (let at = first + 1; at < last; at++) {
        const start = starts[at]!;
        const stop = ends[at]!;
        let place = at;
        for (; place > first; place--) {
            const order = keyOrder(json, starts[place - 1]!, start);
            if (order === 0) return false;
            if (order < 0) break;
            starts[place] = starts[place - 1]!;
            ends[place] = ends[place - 1]!;
        }
        starts[place] = start;
        ends[place] = stop;
    }
    let used = end;
    for (let member = first; member < last; member++) {
        if (member > first) json[used++] = COMMA;
        for (let at = starts[member]!; at < ends[member]!; at++) json[used++] = json[at]!;
    }
    json.copyWithin(begin, end, used);
    return true;
}
