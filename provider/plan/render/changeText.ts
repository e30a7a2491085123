import type { Index, Load } from "../../inputs/schema/collection";
import type { Change, ChangeKind, ChangeOf } from "../diff/change";
import { rowsText, valueText } from "../finding/figures";
import { fill, saysNoValue } from "../mapping/column/fill";
import type { CollectionPlan } from "../plan";
import { typeText } from "../diff/typeText";

/** What a line needs to know beside the change itself. */
export type ChangeContext = Pick<CollectionPlan, "target" | "rows" | "changes" | "migration" | "statistics">;
type Line<K extends ChangeKind> = (change: ChangeOf<K>, context: ChangeContext) => string;

/** One short line a change: `+` comes, `-` goes, `~` changes. */
const lines = {
    "add-field": ({ field }, context) =>
        `+ ${field.name}: new ${typeText(field)}, ${filledWith(field, context)}`,
    "drop-field": ({ field }, context) => `- ${field.name}: ${goneWith(field.name, context)}`,
    "rename-field": ({ from, to }) => `~ ${to}: renamed from ${from}, values kept`,
    "retype-field": ({ field, from, to }, context) =>
        `~ ${field}: ${from} -> ${to}${becoming(field, context)}`,
    "resize-field": ({ field, limit, from, to }) => `~ ${field}: ${limit} ${turn(from, to)}`,
    "alter-dim": ({ field, from, to }, context) =>
        `~ ${field}: dim ${turn(from, to)}${becoming(field, context)}`,
    "alter-nullable": ({ field, to }) => `~ ${field}: ${to ? "nullable" : "no longer nullable"}`,
    "alter-default": ({ field, from, to }) => `~ ${field}: default ${turn(from, to)}`,
    "alter-auto-id": ({ field, to }) =>
        `~ ${field}: ${to ? "keys made by the server" : "keys given by the writer"}`,
    "alter-analyzer": ({ field }) => `~ ${field}: analyzer`,
    "alter-primary-key": ({ from, to }) => `~ primary key: ${named(from)} -> ${named(to)}`,
    "alter-partition-key": ({ from, to }) => `~ partition key: ${named(from)} -> ${named(to)}`,
    "alter-clustering-key": ({ from, to }) => `~ clustering key: ${named(from)} -> ${named(to)}`,
    "describe-part": ({ name }) => `~ ${name}: description`,
    "add-function": ({ function: f }) =>
        `+ function ${f.name}: ${f.type}, ${f.inputFieldNames.join(", ")} -> ${f.outputFieldNames.join(", ")}`,
    "drop-function": ({ function: f }) => `- function ${f.name}`,
    "alter-function": ({ to }) => `~ function ${to.name}: its outputs are made anew`,
    "alter-dynamic-field": ({ to }, { rows }) =>
        to ? "+ dynamic field: on" : `- dynamic field: off, with its values in ${rowsText(rows)}`,
    "alter-shards": ({ from, to }) => `~ shards: ${turn(from, to)}`,
    "alter-consistency": ({ from, to }) => `~ consistency: ${from} -> ${to}`,
    "alter-description": ({ from, to }) => `~ description: ${turn(from, to)}`,
    "set-property": ({ key, from, to }) => `~ property ${key}: ${named(from)} -> ${to}`,
    "delete-property": ({ key, from }) => `- property ${key}: was ${from}`,
    "add-partition": ({ partition }) => `+ partition ${partition}`,
    "drop-partition": ({ partition }, { statistics }) =>
        `- partition ${partition}${withRows(statistics.inPartition?.[partition])}`,
    "alter-num-partitions": ({ from, to }) => `~ partitions by key: ${turn(from, to)}`,
    "add-index": ({ index }) => `+ index ${index.name}: ${indexText(index)}`,
    "drop-index": ({ index }) => `- index ${index.name}`,
    "alter-index": ({ from, to }) => `~ index ${to.name}: ${indexText(from)} -> ${indexText(to)}`,
    "alter-load": ({ from, to }) => `~ load: ${loadText(from)} -> ${loadText(to)}`,
    "alter-database": ({ from, to }) => `~ database: ${named(from)} -> ${named(to)}`,
    "alter-name": ({ from, to }) => `~ name: ${from ?? "given by Pulumi"} -> ${to ?? "given by Pulumi"}`,
    "alter-connection": ({ from, to }) => `~ server: ${from ?? "as configured"} -> ${to ?? "as configured"}`,
    "state-only": ({ arguments: names }) =>
        names.length === 0 ? "~ spelled out, as it is already" : `~ ${names.join(", ")}`,
} satisfies { [K in ChangeKind]: Line<K> };

export function changeText(change: Change, context: ChangeContext): string {
    return (lines[change.kind] as (change: Change, context: ChangeContext) => string)(change, context);
}

function filledWith(field: ChangeOf<"add-field">["field"], context: ChangeContext): string {
    const maker = context.target.functions.find(({ outputFieldNames }) =>
        outputFieldNames.includes(field.name),
    );
    if (maker !== undefined) return `made by ${maker.name}`;
    if (field.isPrimaryKey) return "the primary key";
    const { transform } = context.target.migration;
    if (field.from !== undefined) return `from ${field.from} in ${rowsText(context.rows)}`;
    if (transform !== undefined && saysNoValue(field))
        return `made by ${transform.module} in ${rowsText(context.rows)}`;
    const filled = fill(field);
    if (filled.kind === "impossible") return "nothing to put in the rows";
    const { source } = filled;
    const value = source.kind === "constant" ? valueText(source.value) : "NULL";
    const kept = context.migration?.mapping.targetOnly?.columns ?? [];
    return kept.some(({ to }) => to.name === field.name)
        ? `values as they were kept, ${value} in newer rows`
        : `${value} in ${rowsText(context.rows)}`;
}

/** What becomes of the values of a field that changes its type; nothing is said of a plan that is refused. */
function becoming(name: string, { migration }: ChangeContext): string {
    const column = migration?.mapping.columns.find(({ to }) => to.name === name);
    switch (column?.source.kind) {
        case "convert":
            return ", values converted";
        case "transform":
            return `, values made by ${migration!.mapping.transform!.module}`;
        case "constant":
        case "null":
            return ", old values given up";
        default:
            return "";
    }
}

function goneWith(name: string, context: ChangeContext): string {
    if (context.target.migration.moveToDynamicField.includes(name))
        return "becomes a key of the dynamic field";
    if (wasMade(name, context)) return "goes";
    const held = context.statistics.held?.[name];
    return held === 0
        ? "goes, no row holds a value"
        : `goes, with its values in ${rowsText(held ?? context.rows)}`;
}

function withRows(rows: number | undefined): string {
    if (rows === undefined) return "";
    return rows === 0 ? ", no row is in it" : `, with ${rowsText(rows)}`;
}

/** A function made the values: they go with it and can be made again. */
function wasMade(name: string, { changes }: ChangeContext): boolean {
    return changes.some(
        (change) =>
            (change.kind === "drop-function" && change.function.outputFieldNames.includes(name)) ||
            (change.kind === "alter-function" && change.from.outputFieldNames.includes(name)),
    );
}

function indexText({ indexType, metricType, params }: Index): string {
    const settings = Object.entries(params).map(([key, value]) => `${key} ${valueText(value)}`);
    return [indexType, metricType, ...settings].filter((part) => part !== undefined).join(" ");
}

function loadText(load: Load | undefined): string {
    if (load === undefined) return "released";
    const groups = load.resourceGroups.length === 0 ? "" : ` in ${load.resourceGroups.join(", ")}`;
    return `${load.replicas} ${load.replicas === 1 ? "replica" : "replicas"}${groups}`;
}

const turn = (from: unknown, to: unknown) => `${valueText(from)} -> ${valueText(to)}`;
const named = (name: string | undefined) => name ?? "none";
