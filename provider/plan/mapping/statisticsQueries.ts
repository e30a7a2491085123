import type { Collection } from "../../inputs/schema/collection";
import type { ObservedCollection, ObservedField, StatisticsQuery } from "../../observe/state";
import { fillOfNulls } from "./column/fill";
import { droppedPartitions } from "./mapPartitions";
import { collidingFields } from "./dynamicKeyCollision";
import { originsOf } from "../diff/fieldOrigins";
import { typeName } from "../diff/typeText";

/**
 * What to count before a plan is made: rows beyond a limit that shrinks, NULLs that are no longer allowed or become a
 * default, rows with a value in a dropped field or in a dropped partition, and dynamic keys with the name of a new field.
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
            // Values of another type are checked against the limit one by one during the copy.
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
