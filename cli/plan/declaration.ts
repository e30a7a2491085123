import { parseCollection } from "../../provider/inputs/parse";
import type { CollectionArguments } from "../../provider/inputs/schema/collection";
import type { Capabilities } from "../../provider/observe/state";
import { hostOf } from "../../provider/plan/diff/matchIndex";
import type { Props } from "../../provider/resource/session/props";
import { type Entry, inFile, type SchemaDocument, wrongSchema } from "../schema/document";
import { argumentNames, type EntryName } from "../schema/fieldEntry";
import type { SchemaFile } from "../schema/schemaFile";

type FieldArguments = CollectionArguments["fields"][number];
/** What a list changes: the fields, and what hangs on them. */
type Told = Pick<CollectionArguments, "fields" | "indexes" | "functions" | "numPartitions">;

export interface Declared {
    /** What the collection is to be, as the inputs of a `Collection`. */
    news: Props;
    /** Lines about what the file asks for and this server takes in another way. */
    notes: string[];
}

/** The collection as the file wants it; what the file omits stays as it is on the server. Errors: `MV525`. */
export function declaredBy(
    file: SchemaFile,
    document: SchemaDocument,
    inputs: Props,
    capabilities: Pick<Capabilities, "nullable" | "server">,
    migration: Props,
): Declared {
    const notes: string[] = [];
    const args =
        document.form === "list" ? ofList(document.entries, inputs, capabilities, notes) : document.args;
    const own = args as { migration?: Props };
    const news = { ...inputs, ...args, migration: merged(own.migration, migration) };
    const { failures, warnings } = parseCollection(news);
    if (failures.length > 0)
        throw wrongSchema(
            file,
            failures.map((failure) => inFile(document, failure)),
        );
    notes.push(...warnings.map(({ path, message, code }) => `warning: ${path}: ${message} [${code}]`));
    return { news, notes };
}

/** What the options set goes before what the file says, also within its gate. */
function merged(file: Props = {}, options: Props): Props {
    const gate = { ...(file.gate as Props | undefined), ...(options.gate as Props | undefined) };
    return { ...file, ...options, ...((file.gate ?? options.gate) !== undefined && { gate }) };
}

function ofList(
    entries: readonly Entry[],
    inputs: Props,
    capabilities: Pick<Capabilities, "nullable" | "server">,
    notes: string[],
): Partial<Told> {
    const now = inputs as Told;
    const there = new Map(now.fields.map((field) => [field.name, field]));
    const fields = entries.map((entry) => {
        const before = there.get(entry.field_name) ?? there.get(String(entry.previous_name));
        return before ? changed(before, entry, capabilities) : added(entry, capabilities, notes);
    });
    const key = now.fields.find(({ isPrimaryKey }) => isPrimaryKey);
    const keepsKey = key && !fields.some(({ name, isPrimaryKey }) => isPrimaryKey || name === key.name);
    const all = keepsKey ? [...fields, key] : fields;
    return { fields: all, ...hangingOn(all, now) };
}

/** A field that the collection has: what the list omits stays, unless its type is another one. */
function changed(
    before: FieldArguments,
    entry: Entry,
    { nullable }: Pick<Capabilities, "nullable">,
): FieldArguments {
    const told = argumentsOf(entry);
    const isSameType = told.dataType === undefined || told.dataType === before.dataType;
    const { defaultValue, ...field } = isSameType ? { ...before, ...told } : told;
    // The file that has added a field with a default may be run again on a server that has kept none.
    const isKept = nullable && defaultValue !== null && defaultValue !== undefined;
    return { ...field, ...(isKept && { defaultValue }) } as FieldArguments;
}

/** A new field: rows that exist get its default, which a server before 2.5 does not keep for later ones. */
function added(
    entry: Entry,
    { nullable, server }: Pick<Capabilities, "nullable" | "server">,
    notes: string[],
): FieldArguments {
    const { defaultValue, ...field } = argumentsOf(entry);
    if (defaultValue === undefined || defaultValue === null) return field as FieldArguments;
    if (nullable) return { ...field, defaultValue } as FieldArguments;
    notes.push(
        `${entry.field_name}: ${server} keeps no default values: existing rows get ${JSON.stringify(defaultValue)}, and later inserts have to give a value`,
    );
    return { backfill: defaultValue, ...field } as FieldArguments;
}

const argumentsOf = (entry: Entry): Partial<Record<keyof FieldArguments, unknown>> =>
    Object.fromEntries(
        Object.entries(entry).map(([name, value]) => [argumentNames[name as EntryName], value]),
    );

/** Indexes, functions and partitions that the fields still have room for, on the fields' new names. */
function hangingOn(fields: readonly FieldArguments[], now: Told): Partial<Told> {
    const names = new Set(fields.map(({ name }) => name));
    const origins = new Map(fields.map(({ name, previousName }) => [previousName ?? name, name]));
    const types = new Map(fields.map(({ name, dataType }) => [name, dataType]));
    const former = new Map(now.fields.map(({ name, dataType }) => [name, dataType]));
    const indexes = now.indexes?.flatMap((index) => {
        const host = hostOf(index.field);
        // One on a key of the dynamic field has no field.
        if (!former.has(host)) return [index];
        const to = names.has(host) ? host : origins.get(host);
        if (to === undefined || types.get(to) !== former.get(host)) return [];
        return [{ ...index, field: to + index.field.slice(host.length) }];
    });
    const functions = now.functions?.filter(({ inputFieldNames, outputFieldNames }) =>
        [...inputFieldNames, ...outputFieldNames].every((name) => names.has(name)),
    );
    const isKeyed = fields.some(({ isPartitionKey }) => isPartitionKey);
    return {
        ...(indexes && { indexes }),
        ...(functions && { functions }),
        ...(!isKeyed && { numPartitions: undefined }),
    };
}
