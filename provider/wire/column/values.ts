import { malformed } from "../error";
import { type Form, fieldData, innerValid, scalarMembers, vectorMembers } from "./members";
import { Cursor, DELIMITED, VARINT, eachField, join } from "../encoding/scan";

/** The values of a column: views into the answer, not decoded. */
export interface Values {
    /** The field of `FieldData` that holds them. */
    wrapper: 3 | 4;
    /** The field of `ScalarField` or `VectorField`, and its encoding. */
    member: number;
    form: Form;
    /** Dimensions of a vector; 0 for a scalar. */
    dim: number;
    /** Numbers and plain bytes: only the values. Items: the full message of the member. */
    body: Uint8Array;
    /** The wrapper as received; undefined if it arrived in parts or the values were rearranged. */
    raw: Uint8Array | undefined;
    /** Fields of the wrapper that this release does not know. */
    unknown: Uint8Array[];
    /** The `valid_data` inside the wrapper, one 0 or 1 per row; undefined for none. */
    flags: Uint8Array | undefined;
}

/** Parses the values in one wrapper message; undefined if it holds no known member. */
export function parseValues(wrapper: 3 | 4, raw: Uint8Array): Values | undefined {
    const members = wrapper === fieldData.scalars ? scalarMembers : vectorMembers;
    let member = 0;
    let contents: Uint8Array[] = [];
    let dim = 0;
    const unknown: Uint8Array[] = [];
    const flags = new FlagList();
    eachField(raw, (field, wire, start, from, to) => {
        if (wire === DELIMITED && members[field]) {
            // Protobuf merges the parts of one member; another member of the oneof replaces it.
            if (field !== member || members[field].kind === "plain") contents = [];
            member = field;
            contents.push(raw.subarray(from, to));
        } else if (wrapper === fieldData.vectors && field === 1 && wire === VARINT) {
            dim = new Cursor(raw, from).varint();
        } else if (field === innerValid[wrapper]) {
            flags.add(raw, wire, from, to);
        } else unknown.push(raw.subarray(start, to));
    });
    const form = members[member];
    if (!form) return undefined;
    const message = join(contents);
    const whole = form.kind === "items" || form.kind === "plain";
    const lists = whole ? [message] : packedLists(message, widthOf(form, dim));
    // Not every decoder merges parts: values that arrived in parts are sent in one piece.
    const plain = contents.length === 1 && lists.length <= 1;
    return {
        wrapper,
        member,
        form,
        dim,
        body: join(lists),
        raw: plain ? raw : undefined,
        unknown,
        flags: flags.bytes(),
    };
}

/** Bytes of one slot; 0 for forms without a fixed width. */
export function widthOf(form: Form, dim: number): number {
    if (form.kind === "fixed") return form.width;
    if (form.kind === "floats") return dim * 4;
    if (form.kind === "plain") return (form.bits * dim) / 8;
    return 0;
}

/** The runs of values in a list message: one, unless the list arrives in parts or unpacked. */
function packedLists(message: Uint8Array, width: number): Uint8Array[] {
    const lists: Uint8Array[] = [];
    eachField(message, (field, wire, _start, from, to) => {
        if (field !== 1) throw malformed("a list of numbers has an unknown field");
        if (wire !== DELIMITED && (wire === VARINT) !== (width === 0))
            throw malformed("a list of numbers has the wrong wire type");
        lists.push(message.subarray(from, to));
    });
    return lists;
}

/** Collects a `repeated bool`, whether packed, in parts or unpacked, into one byte of 0 or 1 per row. */
export class FlagList {
    private readonly parts: Uint8Array[] = [];

    add(bytes: Uint8Array, wire: number, from: number, to: number): void {
        if (wire !== VARINT && wire !== DELIMITED) throw malformed("valid_data has the wrong wire type");
        this.parts.push(bytes.subarray(from, to));
    }

    /** A view if the server wrote one packed list, as all do; undefined for an empty list. */
    bytes(): Uint8Array | undefined {
        const flags = join(this.parts);
        if (flags.length === 0) return undefined;
        for (const flag of flags) if (flag > 1) throw malformed("valid_data holds values other than 0 and 1");
        return flags;
    }
}
