import { keyText, literal, type Special } from "../../../provider/plan/render/literal";
import { isList, isMap } from "./shape";
import { widthOf } from "./width";

/** The longest line, and the letters of an indentation, of prettier with its default options. */
export const lineWidth = 80;
const step = 2;

/** Where a value stands: the indentation of its line, the letters before it, and those that follow in the same line. */
export interface Spot {
    indent: number;
    column: number;
    after: number;
}

/**
 * A value as prettier lays it out: in one line where it fits and holds no list of several objects, else a line for each part.
 * Prettier leaves an object with a line break behind its brace as it is.
 */
export function layout(value: unknown, spot: Spot, special: Special): string {
    const flat = literal(value, special);
    if (!hasToBreak(value) && spot.column + widthOf(flat) + spot.after <= lineWidth) return flat;
    const indent = spot.indent + step;
    const pad = " ".repeat(indent);
    const end = `\n${" ".repeat(spot.indent)}`;
    if (isList(value) && value.length > 0) {
        if (value.length > 1 && value.every((one) => typeof one === "number"))
            return `[\n${filled(
                value.map((one) => literal(one)),
                pad,
            )}${end}]`;
        const parts = value.map((part) => pad + layout(part, { indent, column: indent, after: 1 }, special));
        return `[\n${parts.join(",\n")},${end}]`;
    }
    if (isMap(value) && special(value) === undefined && Object.keys(value).length > 0) {
        const parts = Object.entries(value).map(([key, part]) => pad + entry(key, part, indent, special));
        return `{\n${parts.join(",\n")},${end}}`;
    }
    return flat;
}

/** Prettier gives each object a line of its own where a list has several with several members; lists in a list likewise. */
function hasToBreak(value: unknown): boolean {
    if (isList(value)) {
        const isTable = (isSame: (part: unknown) => boolean) =>
            value.length > 1 && value.every((part) => isSame(part) && Object.keys(part as object).length > 1);
        return isTable(isMap) || isTable(isList) || value.some(hasToBreak);
    }
    return isMap(value) && Object.values(value).some(hasToBreak);
}

/** A member of an object. A text that does not fit behind its key gets a line of its own, unless the key is very short. */
function entry(key: string, value: unknown, indent: number, special: Special): string {
    const name = keyText(key);
    const column = indent + widthOf(name) + 2;
    const inLine = layout(value, { indent, column, after: 1 }, special);
    const isLong = typeof value === "string" && column + widthOf(inLine) + 1 > lineWidth;
    if (!isLong || widthOf(name) < step + 3) return `${name}: ${inLine}`;
    return `${name}:\n${" ".repeat(indent + step)}${inLine}`;
}

/** As many numbers in a line as fit. */
function filled(numbers: readonly string[], pad: string): string {
    const lines: string[] = [];
    let line = "";
    for (const number of numbers) {
        const longer = line === "" ? pad + number : `${line}, ${number}`;
        // A comma follows.
        if (line !== "" && longer.length + 1 > lineWidth) {
            lines.push(line);
            line = pad + number;
        } else line = longer;
    }
    return [...lines, line].join(",\n").concat(",");
}
