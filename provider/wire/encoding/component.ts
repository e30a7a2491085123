import { bfloatBits, bfloatValue, halfBits, halfValue } from "./float";
import { viewOf } from "./view";

/** A number of a floating-point type: its width in bytes, what is stored of a number, and how it is read. */
export interface Component {
    width: number;
    stored: (value: number) => number;
    read: (view: DataView, at: number) => number;
}

const float: Component = { width: 4, stored: Math.fround, read: (view, at) => view.getFloat32(at, true) };

/** The floating-point types, and the vectors of them. */
export const components: Partial<Record<string, Component>> = {
    Float: float,
    Double: { width: 8, stored: (value) => value, read: (view, at) => view.getFloat64(at, true) },
    FloatVector: float,
    Float16Vector: {
        width: 2,
        stored: (value) => halfValue(halfBits(value)),
        read: (view, at) => halfValue(view.getUint16(at, true)),
    },
    BFloat16Vector: {
        width: 2,
        stored: (value) => bfloatValue(bfloatBits(value)),
        read: (view, at) => bfloatValue(view.getUint16(at, true)),
    },
};

/** The numbers in a vector's bytes. */
export function componentsOf(bytes: Uint8Array, { width, read }: Component): number[] {
    const view = viewOf(bytes);
    return Array.from({ length: Math.floor(bytes.length / width) }, (_, at) => read(view, at * width));
}
