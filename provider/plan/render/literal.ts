/**
 * A value as TypeScript in one line, as prettier prints it with its default options.
 *
 * @param special prints what is no plain value, such as a reference to a resource
 */
export function literal(value: unknown, special: Special = () => undefined): string {
    if (Array.isArray(value)) return `[${value.map((part) => literal(part, special)).join(", ")}]`;
    if (typeof value === "string") return quoted(value);
    if (typeof value === "number") return numberText(value);
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const own = special(value);
    if (own !== undefined) return own;
    const parts = Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .map(([key, part]) => `${keyText(key)}: ${literal(part, special)}`);
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** The text of an object that is no plain one; undefined for those that are. */
export type Special = (value: object) => string | undefined;

/** Names in the sense of ECMAScript 5, which has no letters beyond the first plane of Unicode. */
const identifier = /^(?!.*[\u{10000}-\u{10ffff}])[\p{L}\p{Nl}$_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}$]*$/u;

/** The key of a property, without quotes where prettier finds them needless. */
export function keyText(key: string): string {
    const text = quoted(key);
    return identifier.test(key) && text === `"${key}"` ? key : text;
}

/** Prettier takes the quotes that need fewer escapes, and double ones where both need as many. */
export function quoted(text: string): string {
    const count = (quote: string) => text.split(quote).length - 1;
    const inside = escaped(JSON.stringify(text).slice(1, -1));
    if (count('"') <= count("'")) return `"${inside}"`;
    return `'${inside.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/**
 * Characters that an editor or a parser may take for the end of a line, or not show, as escapes. For text in which JSON has
 * escaped the others.
 */
export function escaped(json: string): string {
    return json.replace(
        /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

function numberText(value: number): string {
    if (Object.is(value, -0)) return "-0";
    return JSON.stringify(value).replace("e+", "e");
}
