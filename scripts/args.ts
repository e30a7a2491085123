import ts from "typescript";
import { z } from "zod";

import { Alias } from "../provider/inputs/schema/alias";
import {
    CollectionFunction,
    CollectionInputs,
    IndexInputs,
    Load,
} from "../provider/inputs/schema/collection";
import { ConnectionArgument } from "../provider/inputs/schema/connection";
import { Field, StructField } from "../provider/inputs/schema/field";
import { MigrationInputs, Transform } from "../provider/inputs/schema/migration";
import { type Node, rangeText } from "./argumentType";

/** The files in sdk/ whose interfaces are arguments. */
export const argumentFiles = ["args.ts", "connectionArgs.ts", "migrationArgs.ts"];

/** The schema of each of their interfaces. */
const schemas: Record<string, z.ZodType> = {
    CollectionArgs: CollectionInputs,
    FieldArgs: Field,
    StructFieldArgs: StructField,
    IndexArgs: IndexInputs,
    FunctionArgs: CollectionFunction,
    LoadArgs: Load,
    MigrationArgs: MigrationInputs,
    TransformArgs: Transform,
    ConnectionArgs: ConnectionArgument,
    AliasArgs: Alias,
};

const WIDTH = 120;

/** A file of arguments with the docstrings of their schemas: an editor and docs/reference.md say the same. */
export function withDocstrings(text: string): string {
    const file = ts.createSourceFile("args.ts", text, ts.ScriptTarget.Latest, true);
    const edits: { from: number; to: number; doc: string }[] = [];
    const document = (node: ts.Node, indent: string, doc: string) => {
        const [from, to] = [node.getFullStart(), node.getStart()];
        // The first node has the imports' line break before it; a blank line stays.
        const blank = /^\r?\n(?=\r?\n)/.test(text.slice(from)) ? "\n\n" : "\n";
        edits.push({ from, to, doc: `${blank}${comment(doc, indent)}\n${indent}` });
    };
    for (const statement of file.statements) {
        if (!ts.isInterfaceDeclaration(statement)) continue;
        const schema = schemas[statement.name.text];
        if (!schema) throw new Error(`no schema describes ${statement.name.text}`);
        const node = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Node;
        document(statement, "", docOf(node));
        for (const member of statement.members) {
            const name = (member.name as ts.Identifier).text;
            const argument = node.properties?.[name];
            if (!argument) throw new Error(`${statement.name.text} has no argument ${name}`);
            document(member, "    ", docOf(argument));
        }
    }
    return edits
        .reverse()
        .reduce((whole, { from, to, doc }) => whole.slice(0, from) + doc + whole.slice(to), text);
}

/** A description without the list of codes, which docs/reference.md has, and with its range and default. */
function docOf(node: Node): string {
    const { description = "" } = node;
    const text = description.replace(/ ?(Errors|Warning[\w ]*): (?=.*MV).*?\.(?= [A-Z]|$)/, "");
    const range = rangeText(node).replace(/^, /, "");
    const value = JSON.stringify(node.default);
    const isSaid = value === undefined || ['""', "[]", "{}"].includes(value) || text.includes("Default:");
    return [
        text,
        ...(range && !text.includes(range) ? [`Range: ${range}.`] : []),
        ...(isSaid ? [] : [`Default: ${String(node.default)}.`]),
    ].join(" ");
}

/** A docstring on one line where it fits, else on several. */
function comment(doc: string, indent: string): string {
    const single = `${indent}/** ${doc} */`;
    if (single.length <= WIDTH - 1) return single;
    const lines: string[] = [];
    let line = "";
    for (const word of doc.split(" ")) {
        if (line && `${indent} * ${line} ${word}`.length > WIDTH) {
            lines.push(line);
            line = word;
        } else line = line ? `${line} ${word}` : word;
    }
    return [`${indent}/**`, ...[...lines, line].map((each) => `${indent} * ${each}`), `${indent} */`].join(
        "\n",
    );
}
