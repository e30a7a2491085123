import type { Collection } from "../../inputs/collection";
import type { ObservedCollection, ObservedField, Question } from "../../observe/state";
import { fillOfNulls } from "./fill";
import { droppedPartitions } from "./mapPartitions";
import { fieldsInTheWay } from "./dynamicKeyClash";
import { originsOf } from "../diff/fieldOrigins";
import { typeName } from "../diff/typeText";

/**
 * What should be counted before a plan is made: rows beyond a limit that shrinks, NULLs where none may be or where they
 * would become a default, rows that hold a value in a field that goes or lie in a partition that goes, and dynamic keys
 * that are a new field's name.
 */
export function questionsOf(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection,
): Question[] {
    const fields = new Map(source.fields.map((field) => [field.name, field]));
    const origins = originsOf(target.fields, new Set(fields.keys()), deployed.fields);
    const kept = new Set(origins.values());
    const goes = ({ name, nullable, isFunctionOutput }: ObservedField) =>
        !kept.has(name) && nullable && !isFunctionOutput && !target.migration.demote.includes(name);
    return [
        ...target.fields.flatMap((to): Question[] => {
            const from = fields.get(origins.get(to.name) ?? "");
            if (from === undefined) return [];
            // Values of another type are held against their limit one by one, on their way.
            const alike = typeName(from) === typeName(to);
            const at = { field: to.name, source: from.name };
            const turnsNull = to.nullable
                ? to.defaultValue !== undefined && from.defaultValue === undefined
                : fillOfNulls(to) === undefined;
            return [
                ...(alike ? beyond("tooLong", at, from.maxLength, to.maxLength) : []),
                ...(alike ? beyond("tooMany", at, from.maxCapacity, to.maxCapacity) : []),
                ...(from.nullable && turnsNull ? [{ fact: "nulls", ...at } as const] : []),
            ];
        }),
        ...source.fields
            .filter(goes)
            .map(({ name }): Question => ({ fact: "held", field: name, source: name })),
        ...(source.enableDynamicField && target.enableDynamicField
            ? fieldsInTheWay(target, source).map(({ name }): Question => ({
                  fact: "namesakes",
                  field: name,
                  source: name,
              }))
            : []),
        ...droppedPartitions(source, deployed, target).map((name): Question => ({
            fact: "inPartition",
            field: name,
            source: name,
        })),
    ];
}

function beyond(
    fact: "tooLong" | "tooMany",
    at: { field: string; source: string },
    from: number | undefined,
    to: number | undefined,
): Question[] {
    return from === undefined || to === undefined || to >= from ? [] : [{ fact, ...at, limit: to }];
}
