import type { z } from "zod";

import type { Collection, Field, Index, IndexInputs } from "../../inputs/schema/collection";
import { defaultIndexName } from "../../inputs/normalize";
import { fromMemoryParams } from "../../inputs/schema/memory";

/** The arguments that a server tells, in the order of a program. */
export const told = [
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

/** The arguments that a program would declare a collection with: those that are not at their default. */
export function argumentsOf(of: Collection): Partial<Record<ToldArgument, unknown>> {
    const entries = told.map((name) => [name, argumentOf(of, name)] as const);
    return Object.fromEntries(entries.filter(([name, value]) => !isDefault(name, value)));
}

function isDefault(name: ToldArgument, value: unknown): boolean {
    if (name === "load") return value === true;
    if (name === "consistencyLevel") return value === "Bounded";
    if (value === undefined || value === "" || value === false) return true;
    return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** One argument, without what is at its default inside it. */
export function argumentOf(of: Collection, name: ToldArgument): unknown {
    if (name === "load") {
        const { replicas, resourceGroups } = of.load ?? { replicas: 0, resourceGroups: [] };
        if (replicas === 0) return false;
        if (replicas === 1 && resourceGroups.length === 0) return true;
        return { replicas, ...(resourceGroups.length > 0 && { resourceGroups }) };
    }
    if (name === "fields") return describedFields(of.fields);
    if (name === "indexes") return describedIndexes(of.indexes);
    if (name === "functions") return of.functions.map(withoutDefaults);
    return of[name];
}

/** Fields as a program writes them. */
export function describedFields(fields: readonly Field[]): Field[] {
    return fields.map((field) => {
        const { otherParams: _others, ...rest } = field as Field & { otherParams?: unknown };
        return withoutDefaults(rest);
    });
}

/** Indexes as a program writes them: a name that is the default is left out, and memory has arguments of its own. */
export function describedIndexes(indexes: readonly Index[]): Partial<z.input<typeof IndexInputs>>[] {
    return indexes.map(({ params, ...index }) => {
        const { memory, rest } = fromMemoryParams(params);
        const name = index.name === defaultIndexName(index.field) ? undefined : index.name;
        return withoutDefaults({ ...index, name, params: rest, ...memory });
    });
}

/** Arguments that mean something where they are false, too. */
const neverDefault: ReadonlySet<string> = new Set(["defaultValue", "mmap"]);

/** Every flag of a field is false by default, every text empty. */
export function withoutDefaults<Part extends object>(value: Part): Part {
    const isSet = ([key, part]: [string, unknown]) =>
        part !== undefined &&
        (neverDefault.has(key) ||
            (part !== false &&
                part !== "" &&
                !(typeof part === "object" && part !== null && Object.keys(part).length === 0)));
    return Object.fromEntries(Object.entries(value).filter(isSet)) as Part;
}
