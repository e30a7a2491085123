import { z } from "zod";

import { CollectionInputs } from "../../provider/inputs/schema/collection";
import type { CheckFailure } from "../../provider/inputs/report/finding";
import { type Path, propertyPath } from "../../provider/inputs/report/path";
import { parseShape } from "../../provider/inputs/parse";
import { CommandError } from "../errors";
import { entryName, type EntryName, FieldList, SpelledEntry, spelled } from "./fieldEntry";
import type { SchemaFile } from "./schemaFile";

/** What a schema file asks for. */
export type SchemaDocument =
    | { form: "list"; entries: readonly Entry[] }
    /** The arguments of a `Collection`; what they omit stays as it is. */
    | { form: "arguments"; args: Record<string, unknown> };

/** A field of a list, with types as Milvus names them. */
export type Entry = Partial<Record<EntryName, unknown>> & { field_name: string };

/** Arguments that the command line says, or that are about a resource of a program. */
const elsewhere = ["name", "database", "connection", "adopt", "deletionProtection"] as const;

/** The arguments of a `Collection` in a file: each may be omitted. */
const CollectionDocument = CollectionInputs.omit({
    name: true,
    database: true,
    connection: true,
    adopt: true,
    deletionProtection: true,
})
    .partial()
    .describe("The arguments of a `Collection`. What is omitted stays as it is on the server.");

/** A schema file, for editors. */
export function jsonSchema(): object {
    return z.toJSONSchema(z.union([FieldList, CollectionDocument]).meta({ title: "pulumi-milvus alter" }), {
        io: "input",
    });
}

/** Errors: `MV525` with the place of each mistake. What the fields mean is checked with the collection: `failureText`. */
export function documentOf(file: SchemaFile): SchemaDocument {
    if (!Array.isArray(file.value)) return argumentsOf(file);
    const entries = file.value.map(spelled);
    const isList = entries.every((entry) => typeof entry === "object" && entry !== null);
    const failures = entries.flatMap((entry, at) =>
        parseShape(SpelledEntry, entry).map(({ property, reason }) => ({
            property: `[${at}]${property === "" ? "" : `.${property}`}`,
            reason,
        })),
    );
    if (!isList || entries.length === 0) failures.unshift(noFields);
    if (failures.length > 0) throw wrongSchema(file, failures);
    return { form: "list", entries: entries as Entry[] };
}

const noFields: CheckFailure = {
    property: "",
    reason: "The schema must be a list of field definitions, or an object with the arguments of a Collection. [MV001]",
};

function argumentsOf(file: SchemaFile): SchemaDocument {
    const { value } = file;
    if (typeof value !== "object" || value === null) throw wrongSchema(file, [noFields]);
    const failures = elsewhere
        .filter((name) => name in value)
        .map((name) => ({
            property: name,
            reason: `${name} is not part of a schema file: the command line says which collection changes. Omit it. [MV002]`,
        }));
    if (failures.length > 0) throw wrongSchema(file, failures);
    // How an editor finds the JSON Schema is no argument.
    const { $schema: _schema, ...args } = value as Record<string, unknown>;
    return { form: "arguments", args };
}

/** What is wrong with a schema, all of it at once: `MV525`. */
export function wrongSchema(file: SchemaFile, failures: readonly CheckFailure[]): CommandError {
    const lines = failures.map((failure) => `  ${placed(file, failure)}`);
    return new CommandError(
        "MV525",
        [`${file.name}: the schema is wrong; no changes made`, ...lines].join("\n"),
    );
}

function placed(file: SchemaFile, { property, reason }: CheckFailure): string {
    const path = pathOf(property);
    // A missing argument is at the object that lacks it.
    const place = [path, path.slice(0, -1)].map((one) => file.placeOf(one)).find((one) => one !== undefined);
    const at = place === undefined ? file.name : `${file.name}:${place}`;
    return property === "" ? `${at}: ${reason}` : `${at}: ${property}: ${reason}`;
}

function pathOf(property: string): Path {
    const parts = property.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([A-Za-z_$][\w$]*)/g);
    return [...parts].map(([, index, quoted, name]) =>
        index === undefined ? (quoted ?? name!) : Number(index),
    );
}

/** A failure about the arguments, in the words and with the place of the file that they come from. */
export function inFile(document: SchemaDocument, { property, reason }: CheckFailure): CheckFailure {
    if (document.form === "arguments") return { property, reason };
    const [head, index, ...rest] = pathOf(property);
    const isOfList = head === "fields" && typeof index === "number" && index < document.entries.length;
    const path = isOfList ? [index, ...rest.map((part) => entryName(String(part)) ?? part)] : undefined;
    return {
        property: path ? propertyPath(path) : property,
        // A word with a capital in it is an argument, and no other word.
        reason: reason.replace(/\b[a-z]+[A-Z]\w*\b/g, (word) => entryName(word) ?? word),
    };
}
