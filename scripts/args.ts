import ts from "typescript";
import { z } from "zod";

import { Role, User } from "../provider/inputs/schema/access";
import { Alias } from "../provider/inputs/schema/alias";
import {
    CollectionFunction,
    CollectionInputs,
    IndexInputs,
    Load,
} from "../provider/inputs/schema/collection";
import { ConnectionArgument } from "../provider/inputs/schema/connection";
import { Database } from "../provider/inputs/schema/database";
import { Grant } from "../provider/inputs/schema/grant";
import { PrivilegeGroup } from "../provider/inputs/schema/privilegeGroup";
import { Field, StructField } from "../provider/inputs/schema/field";
import { Gate } from "../provider/inputs/schema/gate";
import { MigrationInputs, Transform } from "../provider/inputs/schema/migration";
import { Retention, RollbackTarget } from "../provider/inputs/schema/retention";
import { Partition } from "../provider/inputs/schema/partition";
import { ResourceGroup } from "../provider/inputs/schema/resourceGroup";
import { type Node, rangeText } from "./argumentType";

/** The files in sdk/ whose interfaces are arguments. */
export const argumentFiles = [
    "accessArgs.ts",
    "args.ts",
    "clusterArgs.ts",
    "connectionArgs.ts",
    "fieldArgs.ts",
    "grantArgs.ts",
    "migrationArgs.ts",
];

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
    GateArgs: Gate,
    RetentionArgs: Retention,
    RollbackTargetArgs: RollbackTarget,
    ConnectionArgs: ConnectionArgument,
    AliasArgs: Alias,
    DatabaseArgs: Database,
    PartitionArgs: Partition,
    ResourceGroupArgs: ResourceGroup,
    GrantArgs: Grant,
    PrivilegeGroupArgs: PrivilegeGroup,
    RoleArgs: Role,
    UserArgs: User,
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
        document(statement, "", docOf(node, true));
        for (const member of statement.members) {
            const name = (member.name as ts.Identifier).text;
            const argument = node.properties?.[name];
            if (!argument) throw new Error(`${statement.name.text} has no argument ${name}`);
            document(member, "    ", docOf(argument, node.required?.includes(name)));
        }
    }
    return edits
        .reverse()
        .reduce((whole, { from, to, doc }) => whole.slice(0, from) + doc + whole.slice(to), text);
}

/** A description with its range and default, as an editor shows it; docs/reference.md has columns for these. */
function docOf(node: Node, isRequired = false): string {
    const { description: text = "" } = node;
    // What is of use at once stands before what is looked up.
    const [, meaning = "", sources = ""] = /^(.*?)((?:Errors|Warning[\w ]*|Source): .*)?$/s.exec(text)!;
    const range = rangeText(node).replace(/^, /, "");
    const isSaid = isRequired || /Default:|Required/.test(text);
    return [
        meaning.trim(),
        ...(range && !text.includes(range) ? [`Range: ${range}.`] : []),
        ...(isSaid ? [] : [`Default: ${defaultOf(node)}.`]),
        ...(sources === "" ? [] : [sources]),
    ].join(" ");
}

function defaultOf({ default: value }: Node): string {
    const isNone = value === undefined || ['""', "[]", "{}"].includes(JSON.stringify(value));
    return isNone ? "none" : typeof value === "string" ? value : JSON.stringify(value);
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
