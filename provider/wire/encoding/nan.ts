import { viewOf } from "./view";

/**
 * Floats of `width` bytes with one canonical NaN, for comparison: Milvus 2.3.5 changes the NaN of a Double once the row
 * was stored and loaded again (measured).
 */
export function withOneNaN(floats: Uint8Array, width: number): Uint8Array {
    const read = width === 4 ? "getFloat32" : "getFloat64";
    const view = viewOf(floats);
    let copy: DataView | undefined;
    for (let at = 0; at < floats.length; at += width) {
        if (!Number.isNaN(view[read](at, true))) continue;
        copy ??= new DataView(Uint8Array.from(floats).buffer);
        if (width === 4) copy.setFloat32(at, NaN, true);
        else copy.setFloat64(at, NaN, true);
    }
    return copy ? new Uint8Array(copy.buffer) : floats;
}
