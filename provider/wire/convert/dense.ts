import { Misfit } from "../error";
import { bfloatBits, bfloatValue, halfBits, halfValue } from "../encoding/float";

/** The layout of a dense vector's components in its bytes; little-endian, as on the machines that Node runs on. */
interface Layout {
    read: (vector: Uint8Array) => Float32Array;
    /** Rounds to the nearest value, ties to even. */
    write: (components: Float32Array) => Uint8Array;
    /** The requirement on the components, for messages. */
    needs: string;
}

const layouts: Partial<Record<string, Layout>> = {
    FloatVector: {
        // A copy is aligned as a Float32Array requires.
        read: (vector) => new Float32Array(new Uint8Array(vector).buffer),
        write: (components) => new Uint8Array(components.buffer),
        needs: "components that a float32 holds",
    },
    Float16Vector: halves(halfValue, halfBits, "components that a float16 holds (up to 65504)"),
    BFloat16Vector: halves(bfloatValue, bfloatBits, "components that a bfloat16 holds"),
    Int8Vector: {
        read: (vector) => Float32Array.from(new Int8Array(new Uint8Array(vector).buffer)),
        write: (components) => new Uint8Array(Int8Array.from(components).buffer),
        needs: "components that are whole numbers from -128 to 127",
    },
};

export function isDense(dataType: string): boolean {
    return layouts[dataType] !== undefined;
}

/**
 * Converts a vector's bytes to another type. With `lossy`, components are rounded; without it, each must convert
 * exactly. Int8Vector accepts only whole numbers in both cases: rounding would destroy an embedding between -1 and 1.
 * @throws Misfit for a component that does not fit
 */
export function convertDense(vector: Uint8Array, from: string, to: string, lossy: boolean): Uint8Array {
    const target = layouts[to]!;
    const rounds = lossy && to !== "Int8Vector";
    const components = layouts[from]!.read(vector);
    const bytes = target.write(components);
    const written = target.read(bytes);
    for (let i = 0; i < components.length; i++) {
        const [is, was] = [written[i]!, components[i]!];
        if (is === was || (Number.isNaN(is) && Number.isNaN(was))) continue;
        if (!rounds || !Number.isFinite(is))
            throw new Misfit(`${target.needs}, and component ${String(i)} is ${String(was)}`);
    }
    return bytes;
}

function halves(value: (bits: number) => number, bits: (value: number) => number, needs: string): Layout {
    return {
        read: (vector) => {
            const input = new Uint16Array(new Uint8Array(vector).buffer);
            const components = new Float32Array(input.length);
            for (let i = 0; i < input.length; i++) components[i] = value(input[i]!);
            return components;
        },
        // A loop: `Uint16Array.from` with a callback takes ten times as long.
        write: (components) => {
            const output = new Uint16Array(components.length);
            for (let i = 0; i < components.length; i++) output[i] = bits(components[i]!);
            return new Uint8Array(output.buffer);
        },
        needs,
    };
}
