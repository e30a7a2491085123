import { literal } from "../../../provider/plan/render/literal";
import { type Declaration, type Program, Reference, Secret } from "../program/program";
import { emptyText } from "../program/names";
import { comment } from "./comment";
import { lineWidth } from "./layout";
import { isList, isMap } from "./shape";
import { widthOf } from "./width";
import { withoutReferences, yamlText } from "./yamlText";

/** The resources of the program, and its settings, as YAML below the name and the runtime of the project. */
export function yamlProgram(program: Program): string {
    const settings = program.secrets.map(({ key }) => `  ${yamlText(key)}: { type: string, secret: true }`);
    const parts = [
        ...(settings.length > 0 ? [["config:", ...settings]] : []),
        ...(program.declarations.some(({ inputs }) => hasCall(inputs))
            ? [["variables:", `  ${emptyText}: ""`]]
            : []),
        program.declarations.length === 0
            ? ["resources: {}"]
            : ["resources:", program.declarations.map(resource).join("\n\n")],
        ...(program.leftOut.length === 0
            ? []
            : [["# Not in this program:", ...program.leftOut.flatMap((one) => comment(one, "#"))]]),
    ];
    return parts
        .map((lines) => lines.join("\n"))
        .join("\n\n")
        .concat("\n");
}

function resource({ type, logicalName, inputs, notes }: Declaration): string {
    return [
        ...notes.flatMap((note) => comment(note, "#")).map((line) => `  ${line}`),
        `  ${yamlText(logicalName)}:`,
        `    type: milvus:${type}`,
        "    properties:",
        ...Object.entries(inputs).map(([key, value]) => member(key, value, 6)),
    ].join("\n");
}

/** A member of a map, with all its lines. */
function member(key: string, value: unknown, indent: number): string {
    const head = `${" ".repeat(indent)}${keyOf(key)}:`;
    const flat = flatText(value, false);
    if (isScalar(value) || (!hasTable(value) && widthOf(head) + 1 + widthOf(flat) <= lineWidth))
        return `${head} ${flat}`;
    return `${head}\n${block(value, indent + 2)}`;
}

function block(value: unknown, indent: number): string {
    const pad = " ".repeat(indent);
    if (isList(value))
        return value
            .map((part) => {
                const flat = flatText(part, false);
                const isShort = !hasTable(part) && indent + 2 + widthOf(flat) <= lineWidth;
                if (isScalar(part) || isShort) return `${pad}- ${flat}`;
                return `${pad}- ${block(part, indent + 2).trimStart()}`;
            })
            .join("\n");
    return Object.entries(value as Record<string, unknown>)
        .map(([key, part]) => member(key, part, indent))
        .join("\n");
}

/** A value in one line. */
function flatText(value: unknown, isInside: boolean): string {
    if (value instanceof Reference || value instanceof Secret) {
        const text = expression(value);
        // Braces end a text without quotes.
        return isInside ? `"${text}"` : text;
    }
    if (typeof value === "string") return textOf(value);
    if (isList(value)) return `[${value.map((part) => flatText(part, true)).join(", ")}]`;
    if (!isMap(value)) return literal(value);
    const parts = Object.entries(value).map(([key, part]) => `${keyOf(key)}: ${flatText(part, true)}`);
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** Pulumi calls a function where a map has such a key, in any letters, and any client may have given a server one. */
const isCall = (key: string): boolean => /^fn::/i.test(key);

const keyOf = (key: string): string =>
    isCall(key) ? `"\${${emptyText}}${textOf(key).slice(1)}` : textOf(key);

const hasCall = (value: unknown): boolean =>
    (isList(value) && value.some(hasCall)) ||
    (isMap(value) && Object.entries(value).some(([key, part]) => isCall(key) || hasCall(part)));

const expression = (value: Reference | Secret): string =>
    value instanceof Secret ? `\${${value.key}}` : `\${${value.to.logicalName}.${value.output}}`;

const textOf = (text: string): string => yamlText(withoutReferences(text));

const isScalar = (value: unknown): boolean =>
    !(isList(value) && value.length > 0) && !(isMap(value) && Object.keys(value).length > 0);

/** Fields, indexes and functions: a line for each. */
const hasTable = (value: unknown): boolean => isList(value) && value.some(isMap);
