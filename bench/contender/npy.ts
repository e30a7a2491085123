import type { Column, WireColumn } from "../../provider/wire";
import { decodeColumn } from "../../provider/wire/cell/decode";

/** Encodes a column of some pages as a NumPy file (format 1.0), in the types that Milvus 2.3 imports. */
export function npy(
    pages: readonly { column: Column; rows: number }[],
    { dataType, dim }: WireColumn,
): Buffer {
    const count = pages.reduce((sum, { rows }) => sum + rows, 0);
    const values = pages.flatMap(({ column, rows }) => {
        const read = decodeColumn(column, rows);
        return Array.from({ length: rows }, (_, row) => read(row));
    });
    switch (dataType) {
        case "FloatVector":
            return Buffer.concat([header("<f4", `${count}, ${dim!}`), ...(values as Uint8Array[])]);
        case "Int64":
            return numbers("<i8", BigInt64Array.from(values as bigint[]));
        case "Int32":
            return numbers("<i4", Int32Array.from(values as number[]));
        case "Double":
            return numbers("<f8", Float64Array.from(values as number[]));
        default:
            return texts(
                values.map((value) =>
                    typeof value === "string" ? value : Buffer.from(value as Uint8Array).toString(),
                ),
            );
    }
}

function numbers(type: string, values: BigInt64Array | Int32Array | Float64Array): Buffer {
    return Buffer.concat([header(type, `${values.length},`), Buffer.from(values.buffer)]);
}

/** NumPy stores each text with four bytes per character, at the length of the longest one. */
function texts(values: readonly string[]): Buffer {
    const letters = values.map((value) => Array.from(value));
    const longest = letters.reduce((most, { length }) => Math.max(most, length), 1);
    const cells = new Uint32Array(values.length * longest);
    letters.forEach((row, at) =>
        row.forEach((letter, place) => (cells[at * longest + place] = letter.codePointAt(0)!)),
    );
    return Buffer.concat([header(`<U${longest}`, `${values.length},`), Buffer.from(cells.buffer)]);
}

/** The magic bytes, version, length, and a Python literal padded to a multiple of 64 bytes. */
function header(type: string, shape: string): Buffer {
    const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }`;
    const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
    const length = Buffer.alloc(2);
    length.writeUInt16LE(padded.length);
    return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, Buffer.from(padded, "latin1")]);
}
