import { code } from "./markdown";

/** The parts of a JSON schema that are read here. */
export interface Node {
    type?: string | string[];
    description?: string;
    default?: unknown;
    enum?: string[];
    $ref?: string;
    anyOf?: Node[];
    items?: Node;
    properties?: Record<string, Node>;
    additionalProperties?: Node;
    required?: string[];
    minimum?: number;
    maximum?: number;
    exclusiveMinimum?: number;
}

/** Identifies an object type by its arguments. */
export const objectKey = ({ properties = {} }: Node): string => Object.keys(properties).join();

/** Describes a type in a few words; `titles` names the section of an object type. */
export function typeText(node: Node, titles: ReadonlyMap<string, string>): string {
    const { $ref, enum: words, anyOf, items, properties, type } = node;
    // Only a JSON value is recursive.
    if ($ref !== undefined) return "JSON value";
    if (words) return words.map(code).join(", ");
    if (anyOf) return anyOf.map((one) => typeText(one, titles)).join(" or ");
    if (items) return `list of ${typeText(items, titles)}`;
    if (properties) {
        const title = titles.get(objectKey(node));
        if (title === undefined) throw new Error(`no section describes { ${objectKey(node)} }`);
        return `[${title}](#${title.toLowerCase().replaceAll(" ", "-")})`;
    }
    return `${String(type)}${rangeText(node)}`;
}

/** The range of a number, such as `, 1 to 16`. */
export function rangeText({ minimum, exclusiveMinimum, maximum = Number.MAX_SAFE_INTEGER }: Node): string {
    const least = exclusiveMinimum !== undefined ? `more than ${exclusiveMinimum}` : minimum;
    if (least === undefined || Number(least) === Number.MIN_SAFE_INTEGER) return "";
    return maximum === Number.MAX_SAFE_INTEGER
        ? `, at least ${least}`
        : `, ${least} to ${maximum.toLocaleString("en-US")}`;
}
