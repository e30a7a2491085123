import type { Target } from "../cell/carry";
import type { ValueType, WireValue } from "../cell/cell";
import type { Column } from "../column/column";
import { decodeColumn, jsonRows } from "../cell/decode";
import { Misfit } from "../error";
import { gatherColumn } from "../cell/gather";
import { membersOf, wholeValue } from "../json/scan";
import { jsonText } from "./jsonText";
import { shortly } from "../cell/shortly";

/** A change of the keys in each row's JSON object. */
export interface KeyChange {
    /** Keys to remove, because they become fields. A row without the key is valid. */
    remove: readonly string[];
    /** Keys to add, each from a column of the source. A NULL adds no key. */
    add: readonly { key: string; from: string; type: ValueType }[];
}

const EMPTY = Buffer.from("{}");

/**
 * Changes keys of the dynamic field. The rest of a row's JSON keeps its bytes and order; new keys are appended.
 * @param base undefined if the source has no dynamic field: each row begins with `{}`
 * @param columnOf returns the source's column of a name
 * @throws WireError `does-not-fit` if a key to add exists already, or the JSON is not an object
 */
export function changeKeys(
    target: Target,
    base: Column | undefined,
    columnOf: (name: string) => Column,
    rows: number,
    { remove, add }: KeyChange,
): Column {
    const jsonOf = base ? jsonRows(base, rows) : () => undefined;
    const removed = new Set(remove);
    const added = add.map(({ key, from, type }) => ({ key, type, read: decodeColumn(columnOf(from), rows) }));
    return gatherColumn(target, rows, {
        valueOf: (row) => {
            const members = added.flatMap(({ key, type, read }) => {
                const value = read(row);
                return value === null ? [] : [{ key, json: memberText(key, value, type) }];
            });
            return spliced(jsonOf(row), removed, members);
        },
        show: (row) => shortly(jsonOf(row) ?? EMPTY),
    });
}

/** The row's JSON is shown, so that the message needs the key. */
function memberText(key: string, value: WireValue, type: ValueType): string {
    try {
        return jsonText(value, type);
    } catch (error) {
        if (!(error instanceof Misfit)) throw error;
        throw new Misfit(`${error.wanted} in ${key}, not ${shortly(value)}`);
    }
}

function spliced(
    row: Uint8Array | undefined,
    removed: ReadonlySet<string>,
    added: { key: string; json: string }[],
): Uint8Array {
    const json = row === undefined || row.length === 0 ? EMPTY : row;
    const whole = wholeValue(json);
    const members = membersOf(json, whole);
    if (!members) throw new Misfit("a JSON object");
    const kept = members.flatMap((member, i) =>
        removed.has(member.key) ? [] : [{ ...member, next: members[i + 1]?.start ?? member.to }],
    );
    for (const { key } of added)
        if (kept.some((member) => member.key === key)) throw new Misfit(`an object without the key ${key}`);
    if (kept.length === members.length && added.length === 0) return json;
    const before = json.subarray(0, members[0]?.start ?? whole.from + 1);
    const after = json.subarray(members.at(-1)?.to ?? whole.to - 1);
    // The last remaining member drops the text that followed it.
    const old = kept.map(({ start, to, next }, i) => json.subarray(start, i + 1 < kept.length ? next : to));
    const news = added.map(({ key, json: value }) => `${JSON.stringify(key)}:${value}`).join(",");
    const comma = kept.length > 0 && news !== "" ? "," : "";
    return Buffer.concat([before, ...old, Buffer.from(comma + news), after]);
}
