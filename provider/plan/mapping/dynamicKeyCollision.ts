import type { Collection, Field } from "../../inputs/schema/collection";
import { parseJsonPath } from "../../inputs/values/jsonPath";
import type { Capabilities, RowStatistics, ObservedCollection } from "../../observe/state";
import { rowsText } from "../finding/figures";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";

/** The target's fields that get a name which no field has yet: a key of the dynamic field may have it. */
export function collidingFields(target: Collection, source: ObservedCollection): Field[] {
    const names = new Set(source.fields.map(({ name }) => name));
    // A key that becomes a field goes from the dynamic field.
    const taken = new Set(
        target.fields.flatMap(({ from }) => {
            const place = from === undefined ? undefined : parseJsonPath(from);
            return place?.field === "$meta" && place.path.length === 1 ? place.path : [];
        }),
    );
    return target.fields.filter(({ name }) => !names.has(name) && !taken.has(name));
}

/**
 * Keys of the dynamic field that have a new field's name. In place, and on some servers in a copy, too, they stay where
 * they are, hidden by the field (Milvus docs, "Dynamic Field").
 */
export function hiddenKeys(
    fields: readonly Field[],
    { dynamicKeyCollisions = {} }: RowStatistics,
): Finding[] {
    const meant = fields.filter(({ name }) => dynamicKeyCollisions[name] !== 0);
    if (meant.length === 0) return [];
    const names = meant.map(({ name }) => name);
    const [rows] = meant.length === 1 ? [dynamicKeyCollisions[names[0]!]] : [];
    const hold = rows === undefined ? "rows hold" : `${rowsText(rows)} ${rows === 1 ? "holds" : "hold"}`;
    const message = `Values that ${hold} as ${names.join(", ")} in the dynamic field stay there.`;
    const [field] = meant;
    const fix =
        meant.length === 1 && field?.previousName === undefined
            ? `To take them over, say from: "$meta.${names[0]!}".`
            : undefined;
    return [finding("MV130", "fields", message, fix)];
}

/** The same in a copy: where the server does not leave such a key alone, it goes by leave of the program alone. */
export function collisionFindings(
    fields: readonly Field[],
    target: Collection,
    { dynamicKeyCollisions, server }: Pick<Capabilities, "dynamicKeyCollisions" | "server">,
    statistics: RowStatistics,
): Finding[] {
    const allowed = new Set(droppedDynamicKeys(target));
    const does =
        dynamicKeyCollisions === "overwrite"
            ? `${server} writes it over the field`
            : `${server} takes no such row beside the field`;
    const found = fields.flatMap((field): Finding[] => {
        const { name } = field;
        const rows = statistics.dynamicKeyCollisions?.[name];
        if (rows === 0 || (dynamicKeyCollisions === "stay" && !allowed.has(name))) return [];
        const path = `fields[${target.fields.indexOf(field)}]`;
        const key = `a key ${name} in the dynamic field`;
        const held =
            rows === undefined ? undefined : `${rowsText(rows)} ${rows === 1 ? "holds" : "hold"} ${key}`;
        if (allowed.has(name))
            return [
                finding(
                    "MV144",
                    path,
                    `${held ?? `Rows may hold ${key}`}, and it goes.`,
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

/** Keys that the copy leaves behind: those whose loss the program allows by name. */
export function droppedDynamicKeys({ migration: { allow } }: Collection): string[] {
    return allow.flatMap((loss) => (loss.startsWith(dropPrefix) ? [loss.slice(dropPrefix.length)] : []));
}

function suggestedFix({ name, previousName }: Field): string {
    return previousName === undefined
        ? `Take its values over with from: "$meta.${name}", or give the field another name.`
        : "Give the field another name.";
}
