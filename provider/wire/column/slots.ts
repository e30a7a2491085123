import { malformed } from "../error";
import type { Values } from "./values";
import { widthOf } from "./values";
import { DELIMITED, eachField, join } from "../encoding/scan";

/** The position of each stored value in `body`. A slot is a stored value: a NULL has one or none. */
export interface Slots {
    count: number;
    /** The start of a slot, including the tag of an item. */
    heads: Int32Array;
    /** The start of its value. */
    starts: Int32Array;
    /** The end of its value. */
    ends: Int32Array;
    /** Fields of the member other than its items: an element type, a dimension. */
    extra: Uint8Array[];
}

// A memo: `Values` never change, so that a session cannot see that another one has computed it.
// eslint-disable-next-line no-restricted-syntax -- see above
const known = new WeakMap<Values, Slots>();

/** The slots of a column, computed on first use: a column that is only passed on is never scanned. */
export function slotsOf(values: Values): Slots {
    let slots = known.get(values);
    if (!slots) known.set(values, (slots = find(values)));
    return slots;
}

/** The number of slots; computed without a scan for all forms except items. */
export function slotCount(values: Values): number {
    const { form, body, dim } = values;
    if (form.kind === "items") return slotsOf(values).count;
    if (form.kind === "varint") return countVarints(body);
    const width = widthOf(form, dim);
    if (body.length === 0) return 0;
    if (width === 0 || body.length % width !== 0)
        throw malformed(`${String(body.length)} bytes are not a multiple of ${String(width)} bytes`);
    return body.length / width;
}

/** Joins runs of slots (`from` up to `to`, exclusive) to a new body. */
export function pick(values: Values, runs: readonly (readonly [from: number, to: number])[]): Values {
    const { heads, ends, extra } = slotsOf(values);
    const pieces = runs
        .filter(([from, to]) => to > from)
        .map(([from, to]) => values.body.subarray(heads[from], ends[to - 1]));
    return { ...values, raw: undefined, body: join([...pieces, ...extra]) };
}

function find(values: Values): Slots {
    const { form, body } = values;
    if (form.kind === "items") return findItems(body, form.item);
    const count = slotCount(values);
    const starts = new Int32Array(count);
    const ends = new Int32Array(count);
    if (form.kind === "varint") {
        for (let slot = 0, at = 0; slot < count; slot++) {
            starts[slot] = at;
            while (body[at++]! >= 0x80);
            ends[slot] = at;
        }
    } else {
        const width = widthOf(form, values.dim);
        for (let slot = 0; slot < count; slot++) {
            starts[slot] = slot * width;
            ends[slot] = (slot + 1) * width;
        }
    }
    return { count, heads: starts, starts, ends, extra: [] };
}

/** Initial capacity in slots: a page of few rows. */
const FEW = 4096;

function findItems(body: Uint8Array, item: number): Slots {
    // The capacity grows with the number of slots: by the bytes of a long text it would be many times the text.
    let heads = new Int32Array(FEW);
    let starts = new Int32Array(FEW);
    let ends = new Int32Array(FEW);
    const extra: Uint8Array[] = [];
    let count = 0;
    eachField(body, (field, wire, start, from, to) => {
        if (field !== item || wire !== DELIMITED) return void extra.push(body.subarray(start, to));
        if (count === heads.length) [heads, starts, ends] = [doubled(heads), doubled(starts), doubled(ends)];
        heads[count] = start;
        starts[count] = from;
        ends[count++] = to;
    });
    const cut = (all: Int32Array) => all.subarray(0, count);
    return { count, heads: cut(heads), starts: cut(starts), ends: cut(ends), extra };
}

function doubled(all: Int32Array): Int32Array<ArrayBuffer> {
    const more = new Int32Array(all.length * 2);
    more.set(all);
    return more;
}

function countVarints(body: Uint8Array): number {
    let count = 0;
    for (let at = 0; at < body.length; at++) count += 1 - (body[at]! >> 7);
    if (body.length > 0 && body[body.length - 1]! >= 0x80) throw malformed("it ends inside a number");
    return count;
}
