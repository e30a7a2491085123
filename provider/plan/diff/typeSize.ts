/** Bits of precision of a number type, without the sign. A value converts exactly to a type with at least as many bits. */
export const bits: Partial<Record<string, number>> = {
    Int8: 7,
    Int16: 15,
    Int32: 31,
    Int64: 63,
    Float: 24,
    Double: 53,
};

/** Bytes of the longest text of a value. */
export const longest: Partial<Record<string, number>> = {
    Bool: 5,
    Int8: 4,
    Int16: 6,
    Int32: 11,
    Int64: 20,
    Float: 17,
    Double: 25,
};
