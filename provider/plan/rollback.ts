import type { Collection, Field } from "../inputs/schema/collection";
import type { ObservedCollection } from "../observe/state";
import type { Finding } from "./finding/finding";
import { finding } from "./finding/finding";
import type { ColumnMapping, RowMapping } from "./mapping/mapping";
import type { Migration, MigrationInput } from "./migration";

/** The collection that is kept behind the one in service. */
export interface Previous {
    observed: ObservedCollection;
    /** What the program declares otherwise, beyond what changes in place: `~ text: maxLength 64 -> 128`. */
    differs: string[];
    /** How its rows became those of the one in service; undefined where nobody knows any more. */
    mapping: RowMapping | undefined;
}

type CopyPlan = Pick<Migration, "mapping" | "partitions" | "cutover">;

/**
 * The way back: the kept collection has rows of its own, and gets what was written since. What no row of the source says
 * anything of stays there as it is.
 */
export function planRollback(
    { mapping, partitions, cutover }: CopyPlan,
    { target, source, deployed, previous }: MigrationInput,
): { mapping: RowMapping; findings: Finding[] } {
    const there = previous === "unknown" ? undefined : previous?.mapping;
    const adapted = withoutTargetOnly(mapping, there);
    if (target.connection?.address !== deployed.connection?.address)
        return { mapping: adapted, findings: [nothing(source, "It would be on another server.")] };
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
 * The target with the renames that the way back implies: a program that is put back to what it was does not say
 * `previousName` for them. One that it does say holds.
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

/** Only what comes out of the source's rows is compared and brought over. */
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

/** A field that once was a key of the dynamic field still says so: it is one again only where the way there made it one. */
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
    return [`is not what the program declares: ${differs.slice(0, 3).join("; ")}${more}`];
}

/** What was kept in another place keeps the name that it has there. */
function calledOtherwise(
    { name }: Collection,
    { observed }: Previous,
    cutover: Migration["cutover"],
): string[] {
    return cutover === "alias" && name !== undefined && name !== observed.name
        ? [`is not called ${name}`]
        : [];
}

/** Rows are told by their keys, and all that is in them has to come from somewhere. */
function incomparable(mapping: RowMapping, { mapping: there }: Previous): string[] {
    const made = mapping.transform?.fields ?? [];
    return [
        ...(there?.key.regenerate ? ["has other keys: the migration that left it made new ones"] : []),
        ...(mapping.key.regenerate ? ["keeps its keys, and migration.primaryKeys asks for new ones"] : []),
        ...(made.length > 0
            ? [
                  `gets new rows without a transform, and nothing else makes ${made.join(", ")}: give it a backfill`,
              ]
            : []),
        ...(mapping.dynamic === "empty" && mapping.movedToDynamicField
            ? ["has a dynamic field of its own, and migration.moveToDynamicField would write over it"]
            : []),
    ];
}

/** A partition that the source does not have cannot be compared with anything. */
function misplaced(
    { partitions }: Pick<CopyPlan, "partitions">,
    { fields }: Collection,
    { observed }: Previous,
): string[] {
    if (fields.some(({ isPartitionKey }) => isPartitionKey)) return [];
    const known = partitions.kind === "by-name" ? partitions.carried : ["_default"];
    const others = observed.partitions.filter((name) => !known.includes(name));
    return others.length === 0 ? [] : [`has rows in partitions that are no more: ${others.join(", ")}`];
}

const instead = "Leave rollback out: the migration copies all rows then.";

function nothing({ name }: ObservedCollection, reason: string): Finding {
    const message = `No former collection is kept behind ${name}.${reason && ` ${reason}`}`;
    return finding("MV150", "migration.rollback", message, instead);
}

function blocked({ observed }: Previous, reason: string): Finding {
    const fix = `Put the program back to what it was. Or leave rollback out: the migration copies all rows then.`;
    return finding("MV151", "migration.rollback", `${observed.name} ${reason}.`, fix);
}
