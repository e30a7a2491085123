import type { Collection, Field } from "../../inputs/schema/collection";
import { parseJsonPath } from "../../inputs/values/jsonPath";
import type { Capabilities, RowStatistics, ObservedCollection } from "../../observe/state";
import { rowsText } from "../../inputs/report/figures";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";

/** The target's fields with a new name: a dynamic key may have the same name. */
export function collidingFields(target: Collection, source: ObservedCollection): Field[] {
    const names = new Set(source.fields.map(({ name }) => name));
    // A dynamic key that becomes a field is removed from the dynamic field.
    const taken = new Set(
        target.fields.flatMap(({ from }) => {
            const place = from === undefined ? undefined : parseJsonPath(from);
            return place?.field === "$meta" && place.path.length === 1 ? place.path : [];
        }),
    );
    return target.fields.filter(({ name }) => !names.has(name) && !taken.has(name));
}

/**
 * Dynamic keys with the name of a new field. In place, and on some servers also in a copy, they stay in the dynamic field,
 * hidden by the field (Milvus docs, "Dynamic Field").
 */
export function hiddenKeys(
    fields: readonly Field[],
    { dynamicKeyCollisions = {} }: RowStatistics,
): Finding[] {
    const meant = fields.filter(({ name }) => dynamicKeyCollisions[name] !== 0);
    if (meant.length === 0) return [];
    const names = meant.map(({ name }) => name);
    const [rows] = meant.length === 1 ? [dynamicKeyCollisions[names[0]!]] : [];
    const where = rows === undefined ? ", if any," : ` in ${rowsText(rows)}`;
    const keys = `dynamic ${names.length === 1 ? "key" : "keys"} ${names.join(", ")}`;
    const message = `Values of the ${keys}${where} stay in the dynamic field.`;
    const [field] = meant;
    const fix =
        meant.length === 1 && field?.previousName === undefined
            ? `To move them to the field, set from: "$meta.${names[0]!}".`
            : undefined;
    return [finding("MV130", "fields", message, fix)];
}

/** The same for a copy. Where the server cannot keep the key beside the field, dropping it must be allowed explicitly. */
export function collisionFindings(
    fields: readonly Field[],
    target: Collection,
    { dynamicKeyCollisions, server }: Pick<Capabilities, "dynamicKeyCollisions" | "server">,
    statistics: RowStatistics,
): Finding[] {
    const allowed = new Set(droppedDynamicKeys(target));
    const does =
        dynamicKeyCollisions === "overwrite"
            ? `${server} overwrites the field with it`
            : `${server} rejects a row with both the key and the field`;
    const found = fields.flatMap((field): Finding[] => {
        const { name } = field;
        const rows = statistics.dynamicKeyCollisions?.[name];
        if (rows === 0 || (dynamicKeyCollisions === "stay" && !allowed.has(name))) return [];
        const path = `fields[${target.fields.indexOf(field)}]`;
        const key = `a dynamic key ${name}`;
        const held =
            rows === undefined ? undefined : `${rowsText(rows)} ${rows === 1 ? "holds" : "hold"} ${key}`;
        if (allowed.has(name))
            return [
                finding(
                    "MV144",
                    path,
                    `${held ?? `Rows may hold ${key}`}. Its values are dropped.`,
                    undefined,
                    `$meta.${name}`,
                ),
            ];
        return held === undefined
            ? [
                  finding(
                      "MV145",
                      path,
                      `A row that holds ${key} stops the migration: ${does}.`,
                      suggestedFix(field),
                  ),
              ]
            : [finding("MV144", path, `${held}: ${does}.`, suggestedFix(field), `$meta.${name}`)];
    });
    return dynamicKeyCollisions === "stay"
        ? [
              ...found,
              ...hiddenKeys(
                  fields.filter(({ name }) => !allowed.has(name)),
                  statistics,
              ),
          ]
        : found;
}

const dropPrefix = "drop:$meta.";

/** Dynamic keys that the copy drops because the program allows their loss by name. */
export function droppedDynamicKeys({ migration: { allow } }: Collection): string[] {
    return allow.flatMap((loss) => (loss.startsWith(dropPrefix) ? [loss.slice(dropPrefix.length)] : []));
}

function suggestedFix({ name, previousName }: Field): string {
    return previousName === undefined
        ? `Move its values to the field with from: "$meta.${name}", or give the field another name.`
        : "Give the field another name.";
}
