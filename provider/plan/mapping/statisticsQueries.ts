import type { Collection } from "../../inputs/schema/collection";
import type { ObservedCollection, ObservedField, StatisticsQuery } from "../../observe/state";
import { fillOfNulls } from "./column/fill";
import { droppedPartitions } from "./mapPartitions";
import { collidingFields } from "./dynamicKeyCollision";
import { originsOf } from "../diff/fieldOrigins";
import { typeName } from "../diff/typeText";

/**
 * What should be counted before a plan is made: rows beyond a limit that shrinks, NULLs where none may be or where they
 * would become a default, rows that hold a value in a field that goes or lie in a partition that goes, and dynamic keys
 * that are a new field's name.
 */
export function statisticsQueries(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection,
): StatisticsQuery[] {
    const fields = new Map(source.fields.map((field) => [field.name, field]));
    const origins = originsOf(target.fields, new Set(fields.keys()), deployed.fields);
    const kept = new Set(origins.values());
    const goes = ({ name, nullable, isFunctionOutput }: ObservedField) =>
        !kept.has(name) &&
        nullable &&
        !isFunctionOutput &&
        !target.migration.moveToDynamicField.includes(name);
    return [
        ...target.fields.flatMap((to): StatisticsQuery[] => {
            const from = fields.get(origins.get(to.name) ?? "");
            if (from === undefined) return [];
            // Values of another type are held against their limit one by one, on their way.
            const isSameType = typeName(from) === typeName(to);
            const at = { field: to.name, source: from.name };
            const turnsNull = to.nullable
                ? to.defaultValue !== undefined && from.defaultValue === undefined
                : fillOfNulls(to) === undefined;
            return [
                ...(isSameType ? beyond("tooLong", at, from.maxLength, to.maxLength) : []),
                ...(isSameType ? beyond("tooMany", at, from.maxCapacity, to.maxCapacity) : []),
                ...(from.nullable && turnsNull ? [{ statistic: "nulls", ...at } as const] : []),
            ];
        }),
        ...source.fields
            .filter(goes)
            .map(({ name }): StatisticsQuery => ({ statistic: "held", field: name, source: name })),
        ...(source.enableDynamicField && target.enableDynamicField
            ? collidingFields(target, source).map(({ name }): StatisticsQuery => ({
                  statistic: "dynamicKeyCollisions",
                  field: name,
                  source: name,
              }))
            : []),
        ...droppedPartitions(source, deployed, target).map((name): StatisticsQuery => ({
            statistic: "inPartition",
            field: name,
            source: name,
        })),
    ];
}

function beyond(
    statistic: "tooLong" | "tooMany",
    at: { field: string; source: string },
    from: number | undefined,
    to: number | undefined,
): StatisticsQuery[] {
    return from === undefined || to === undefined || to >= from ? [] : [{ statistic, ...at, limit: to }];
}
