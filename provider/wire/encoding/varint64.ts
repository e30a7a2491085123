/**
 * Decodes `count` packed varints as 64-bit little-endian integers, low half first. A packed int32 is sign-extended, so
 * that one decoder serves Bool, Int8 to Int64 and Timestamptz.
 */
export function decodeVarints(body: Uint8Array, count: number): Int32Array {
    const halves = new Int32Array(count * 2);
    let at = 0;
    for (let i = 0; i < count; i++) {
        let byte = body[at++]!;
        let low = byte & 0x7f;
        let high = 0;
        if (byte >= 0x80) {
            let shift = 7;
            do {
                byte = body[at++]!;
                const bits = byte & 0x7f;
                if (shift < 28) low |= bits << shift;
                else if (shift === 28) {
                    low |= bits << 28;
                    high = bits >>> 4;
                } else high |= bits << (shift - 32);
                shift += 7;
            } while (byte >= 0x80 && shift < 70);
        }
        halves[i * 2] = low;
        halves[i * 2 + 1] = high;
    }
    return halves;
}

/** Encodes a signed 64-bit integer as a varint in two's complement, as protobuf's int32 and int64 do. */
export function encodeVarint(value: bigint): Uint8Array {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, value);
    while (rest >= 0x80n) {
        bytes.push(Number(rest & 0x7fn) | 0x80);
        rest >>= 7n;
    }
    bytes.push(Number(rest));
    return Uint8Array.from(bytes);
}
