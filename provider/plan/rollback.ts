import type { Collection, Field } from "../inputs/schema/collection";
import type { ObservedCollection } from "../observe/state";
import type { Finding } from "./finding/finding";
import { finding } from "./finding/finding";
import type { Lineage } from "./mapping/lineage";
import type { ColumnMapping, RowMapping } from "./mapping/mapping";
import type { RetainedSeen } from "./retained";
import type { Migration, MigrationInput } from "./migration";

/** The collection that is retained behind the active one. */
export interface Previous {
    observed: ObservedCollection;
    /** Differences to the program that cannot be changed in place: `~ text: maxLength 64 -> 128`. */
    differs: string[];
    /** What became of its fields up to the active collection; undefined where that is no longer known. */
    lineage: Lineage | undefined;
}

type CopyPlan = Pick<Migration, "mapping" | "partitions" | "cutover">;

/**
 * Plans a rollback: the retained collection has its rows already and gets the writes made since. Columns that the source
 * has no values for keep theirs.
 */
export function planRollback(
    { mapping, partitions, cutover }: CopyPlan,
    { target, source, deployed, previous, retained }: MigrationInput,
): { mapping: RowMapping; findings: Finding[] } {
    const there = previous === "unknown" ? undefined : previous?.lineage;
    const adapted = withoutTargetOnly(mapping, there);
    if (target.connection?.address !== deployed.connection?.address)
        return { mapping: adapted, findings: [nothing(source, "A rollback cannot change the server.")] };
    if (previous === "unknown") return { mapping: adapted, findings: [] };
    if (!previous) return { mapping: adapted, findings: [notThere(source, target, retained)] };
    const reasons = [
        ...declaredOtherwise(previous),
        ...calledOtherwise(target, previous, cutover),
        ...incomparable(mapping, previous),
        ...misplaced({ partitions }, target, previous),
    ];
    return {
        mapping: adapted,
        findings: [
            ...reasons.map((reason) => blocked(previous, reason)),
            ...overwritten(adapted, source, target, previous),
        ],
    };
}

/**
 * The target with the renames that the rollback implies. A program that is restored to its earlier text has no
 * `previousName` for them. A `previousName` in the program takes precedence.
 */
export function renamedBack(target: Collection, source: ObservedCollection, previous: Previous): Collection {
    const there = new Set(source.fields.map(({ name }) => name));
    const wanted = new Set(target.fields.map(({ name }) => name));
    const names = new Map(previous.lineage?.fields ?? []);
    const fields = target.fields.map((field): Field => {
        const now = names.get(field.name);
        const says = field.previousName !== undefined && there.has(field.previousName);
        if (says || now === undefined || now === field.name || !there.has(now)) return field;
        // Its name may belong to another field by now, as after a swap of two names.
        const isTaken = wanted.has(now) && (names.get(now) ?? now) === now;
        return isTaken ? field : { ...field, previousName: now };
    });
    return { ...target, fields };
}

/**
 * The deployed declaration of a rollback: a `previousName` that it has was carried out long ago, and the same one may undo
 * it, as after a swap of two names.
 */
export function withoutRenames(deployed: Collection): Collection {
    const fields = deployed.fields.map(({ previousName: _done, ...field }): Field => field);
    return { ...deployed, fields };
}

/** Only columns with values from the source's rows are compared and carried over. */
function withoutTargetOnly(mapping: RowMapping, there: Lineage | undefined): RowMapping {
    const columns = mapping.columns.map((column) => (isOldHint(column, there) ? begun(column) : column));
    const comes = ({ source: { kind } }: ColumnMapping) =>
        kind === "carry" || kind === "convert" || kind === "extract";
    const empty = mapping.dynamic === "empty" && mapping.movedToDynamicField === undefined;
    return {
        ...mapping,
        columns: columns.filter(comes),
        targetOnly: { columns: columns.filter((column) => !comes(column)), dynamic: empty },
        ...(empty && { dynamic: "none" }),
    };
}

/**
 * Whether `from` is left over from an earlier migration: the field is a dynamic key again only if the migration that is
 * rolled back moved it to the dynamic field.
 */
function isOldHint({ to, source }: ColumnMapping, there: Lineage | undefined): boolean {
    if (source.kind !== "extract" || source.from !== "$meta" || there === undefined) return false;
    return !there.movedToDynamicField.includes(to.name);
}

function begun(column: ColumnMapping): ColumnMapping {
    const missing = column.source.kind === "extract" ? column.source.missing : undefined;
    return {
        ...column,
        source: missing === undefined ? { kind: "null" } : { kind: "constant", value: missing },
    };
}

function declaredOtherwise({ differs }: Previous): string[] {
    if (differs.length === 0) return [];
    const more = differs.length > 3 ? `, and ${differs.length - 3} more` : "";
    return [`differs from the program: ${differs.slice(0, 3).join("; ")}${more}`];
}

/** A retained collection without a swap of names keeps its own name. */
function calledOtherwise(
    { name }: Collection,
    { observed }: Previous,
    cutover: Migration["cutover"],
): string[] {
    return cutover === "alias" && name !== undefined && name !== observed.name
        ? [`is not named ${name}`]
        : [];
}

/** Rows are matched by their keys, and every column of a new row needs a value. */
function incomparable(mapping: RowMapping, { lineage: there }: Previous): string[] {
    const made = mapping.transform?.fields ?? [];
    return [
        ...(there?.regeneratesKeys ? ["has other keys: a migration after it generated new ones"] : []),
        ...(mapping.key.regenerate ? ['keeps its keys, but migration.primaryKeys is "regenerate"'] : []),
        ...(made.length > 0
            ? [`gets new rows without a transform, and nothing else fills ${made.join(", ")}: set a backfill`]
            : []),
        ...(mapping.dynamic === "empty" && mapping.movedToDynamicField
            ? ["has its own dynamic field, which migration.moveToDynamicField would overwrite"]
            : []),
    ];
}

/** A partition that the source does not have cannot be compared. */
function misplaced(
    { partitions }: Pick<CopyPlan, "partitions">,
    { fields }: Collection,
    { observed }: Previous,
): string[] {
    if (fields.some(({ isPartitionKey }) => isPartitionKey)) return [];
    const known = partitions.kind === "by-name" ? partitions.carried : ["_default"];
    const others = observed.partitions.filter((name) => !known.includes(name));
    return others.length === 0 ? [] : [`has rows in partitions that no longer exist: ${others.join(", ")}`];
}

/**
 * A field with the values of a field of the active collection that has its name alone: the former one was dropped or renamed
 * since. A `previousName` in the program says that it is meant.
 */
function overwritten(
    { columns }: RowMapping,
    { name: active }: ObservedCollection,
    { fields }: Collection,
    { observed, lineage }: Previous,
): Finding[] {
    if (!lineage) return [];
    const origins = new Map([
        ...lineage.fields.map(([from, to]): [string, string] => [to, from]),
        ...lineage.fromDynamicField.map(([key, to]): [string, string] => [to, key]),
    ]);
    return columns.flatMap(({ to, source }) => {
        if (source.kind !== "carry" && source.kind !== "convert") return [];
        const from = source.from.name;
        const isSaid = fields.some(({ name, previousName }) => name === to.name && previousName === from);
        if (origins.get(from) === to.name || isSaid) return [];
        const message = `${to.name} of ${observed.name} is replaced with ${from} of ${active}, which is another field: it was added since.`;
        return [
            finding(
                "MV156",
                "fields",
                message,
                "Omit rollback, then the migration copies all rows.",
                to.name,
            ),
        ];
    });
}

const instead = "Omit rollback, then the migration copies all rows.";

function nothing({ name }: ObservedCollection, reason: string): Finding {
    const message = `No collection is retained behind ${name}.${reason && ` ${reason}`}`;
    return finding("MV150", "migration.rollback", message, instead);
}

function notThere(
    source: ObservedCollection,
    { migration: { rollback } }: Collection,
    { found }: RetainedSeen = { found: [], now: 0 },
): Finding {
    const names = found.map(({ name, generation }) => `${name} (${generation})`);
    if (names.length === 0 || rollback === undefined || rollback === "previous") return nothing(source, "");
    const message = `${rollback.to} is not retained behind ${source.name}.`;
    const fix = `Write the name or the generation of one of ${names.join(", ")}. Or omit rollback, then the migration copies all rows.`;
    return finding("MV150", "migration.rollback", message, fix);
}

function blocked({ observed }: Previous, reason: string): Finding {
    const fix = `Restore the program's earlier schema. Or omit rollback, then the migration copies all rows.`;
    return finding("MV151", "migration.rollback", `${observed.name} ${reason}.`, fix);
}
