import type { Collection } from "../../inputs/schema/collection";
import { defaultIndexName } from "../../inputs/normalize";

/** The arguments that a server tells, in the order of a program. */
const told = [
    "description",
    "fields",
    "functions",
    "indexes",
    "partitions",
    "numPartitions",
    "enableDynamicField",
    "shardsNum",
    "consistencyLevel",
    "properties",
    "load",
] as const satisfies readonly (keyof Collection)[];

export type ToldArgument = (typeof told)[number];

/** Arguments of a collection as TypeScript, to paste into a program: one line for each, and for each part of a list. */
export function declarationLines(of: Collection, args: ReadonlySet<ToldArgument>): string[] {
    return told
        .filter((name) => args.has(name))
        .flatMap((name) => {
            const value = argumentOf(of, name);
            if (!Array.isArray(value) || value.length === 0) return [`${name}: ${literal(value)},`];
            return [`${name}: [`, ...value.map((part) => `    ${literal(part)},`), "],"];
        });
}

function argumentOf(of: Collection, name: ToldArgument): unknown {
    if (name === "load") {
        const { replicas, resourceGroups } = of.load ?? { replicas: 0, resourceGroups: [] };
        if (replicas === 0) return false;
        if (replicas === 1 && resourceGroups.length === 0) return true;
        return { replicas, ...(resourceGroups.length > 0 && { resourceGroups }) };
    }
    if (name === "fields")
        return of.fields.map((field) => {
            const { otherParams: _others, ...rest } = field as typeof field & { otherParams?: unknown };
            return withoutDefaults(rest);
        });
    if (name === "indexes")
        return of.indexes.map((index) =>
            withoutDefaults({
                ...index,
                name: index.name === defaultIndexName(index.field) ? undefined : index.name,
            }),
        );
    if (name === "functions") return of.functions.map(withoutDefaults);
    return of[name];
}

/** Every flag of a field is false by default, every text empty. */
function withoutDefaults(value: object): object {
    const isSet = ([key, part]: [string, unknown]) =>
        part !== undefined &&
        (key === "defaultValue" ||
            (part !== false &&
                part !== "" &&
                !(typeof part === "object" && part !== null && Object.keys(part).length === 0)));
    return Object.fromEntries(Object.entries(value).filter(isSet));
}

function literal(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const parts = Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .map(
            ([key, part]) =>
                `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${literal(part)}`,
        );
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
