const QUOTE = 0x22;
const COMMA = 0x2c;

/** The order of two keys by their bytes; `a` and `b` are where their quotes stand. Plain keys hold no quote themselves. */
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
 * Puts the members of an object in the order of their keys; `starts` and `ends` tell where they stand, from the place
 * `first` up to `last` (exclusive), commas between. They are sorted behind the last one, where as much room has to be.
 * False where two have the same key.
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
    // By insertion: objects have few members, and most come in order.
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
