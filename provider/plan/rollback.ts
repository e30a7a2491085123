import type { Collection, Field } from "../inputs/schema/collection";
import type { ObservedCollection } from "../observe/state";
import type { Finding } from "./finding/finding";
import { finding } from "./finding/finding";
import type { ColumnMapping, RowMapping } from "./mapping/mapping";
import type { Migration, MigrationInput } from "./migration";

/** The collection that is retained behind the active one. */
export interface Previous {
    observed: ObservedCollection;
    /** Differences to the program that cannot be changed in place: `~ text: maxLength 64 -> 128`. */
    differs: string[];
    /** How its rows were mapped to the active collection; undefined where that is no longer known. */
    mapping: RowMapping | undefined;
}

type CopyPlan = Pick<Migration, "mapping" | "partitions" | "cutover">;

/**
 * Plans a rollback: the retained collection has its rows already and gets the writes made since. Columns that the source
 * has no values for keep theirs.
 */
export function planRollback(
    { mapping, partitions, cutover }: CopyPlan,
    { target, source, deployed, previous }: MigrationInput,
): { mapping: RowMapping; findings: Finding[] } {
    const there = previous === "unknown" ? undefined : previous?.mapping;
    const adapted = withoutTargetOnly(mapping, there);
    if (target.connection?.address !== deployed.connection?.address)
        return { mapping: adapted, findings: [nothing(source, "A rollback cannot change the server.")] };
    if (previous === "unknown") return { mapping: adapted, findings: [] };
    if (!previous) return { mapping: adapted, findings: [nothing(source, "")] };
    const reasons = [
        ...declaredOtherwise(previous),
        ...calledOtherwise(target, previous, cutover),
        ...incomparable(mapping, previous),
        ...misplaced({ partitions }, target, previous),
    ];
    return { mapping: adapted, findings: reasons.map((reason) => blocked(previous, reason)) };
}

/**
 * The target with the renames that the rollback implies. A program that is restored to its earlier text has no
 * `previousName` for them. A `previousName` in the program takes precedence.
 */
export function renamedBack(target: Collection, source: ObservedCollection, previous: Previous): Collection {
    const there = new Set(source.fields.map(({ name }) => name));
    const wanted = new Set(target.fields.map(({ name }) => name));
    const names = new Map(
        (previous.mapping?.columns ?? []).flatMap(({ to, source: from }): [string, string][] =>
            from.kind === "carry" || from.kind === "convert" ? [[from.from.name, to.name]] : [],
        ),
    );
    const fields = target.fields.map((field): Field => {
        const now = names.get(field.name);
        const says = field.previousName !== undefined && there.has(field.previousName);
        if (says || there.has(field.name) || now === undefined || !there.has(now) || wanted.has(now))
            return field;
        return { ...field, previousName: now };
    });
    return { ...target, fields };
}

/** Only columns with values from the source's rows are compared and carried over. */
function withoutTargetOnly(mapping: RowMapping, there: RowMapping | undefined): RowMapping {
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
function isOldHint({ to, source }: ColumnMapping, there: RowMapping | undefined): boolean {
    if (source.kind !== "extract" || source.from !== "$meta" || there === undefined) return false;
    return !(there.movedToDynamicField ?? []).some(({ name }) => name === to.name);
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
function incomparable(mapping: RowMapping, { mapping: there }: Previous): string[] {
    const made = mapping.transform?.fields ?? [];
    return [
        ...(there?.key.regenerate ? ["has other keys: the migration after it generated new ones"] : []),
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

const instead = "Omit rollback, then the migration copies all rows.";

function nothing({ name }: ObservedCollection, reason: string): Finding {
    const message = `No collection is retained behind ${name}.${reason && ` ${reason}`}`;
    return finding("MV150", "migration.rollback", message, instead);
}

function blocked({ observed }: Previous, reason: string): Finding {
    const fix = `Restore the program's earlier schema. Or omit rollback, then the migration copies all rows.`;
    return finding("MV151", "migration.rollback", `${observed.name} ${reason}.`, fix);
}
