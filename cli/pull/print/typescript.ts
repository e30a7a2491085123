import { quoted } from "../../../provider/plan/render/literal";
import { type Declaration, type Program, Reference, referencesOf, Secret } from "../program/program";
import { comment } from "./comment";
import { layout, lineWidth } from "./layout";
import { widthOf } from "./width";

/** The program in TypeScript, as prettier formats it with its default options. */
export function typescriptProgram(program: Program): string {
    const referred = new Set(referencesOf(program).map(({ to }) => to));
    const hasSecrets = program.secrets.length > 0;
    const parts = [
        [
            ...comment(program.source, "//"),
            ...(hasSecrets ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
            'import * as milvus from "pulumi-milvus";',
        ],
        ...(hasSecrets ? [["const config = new pulumi.Config();"]] : []),
        ...program.declarations.map((declaration) => [
            ...declaration.notes.flatMap((note) => comment(note, "//")),
            statement(declaration, referred.has(declaration)),
        ]),
        ...(program.leftOut.length === 0
            ? []
            : [["// Not in this program:", ...program.leftOut.flatMap((one) => comment(one, "//"))]]),
    ];
    return parts
        .map((lines) => lines.join("\n"))
        .join("\n\n")
        .concat("\n");
}

function statement({ type, logicalName, identifier, inputs }: Declaration, isReferred: boolean): string {
    const head = `${isReferred ? `const ${identifier} = ` : ""}new milvus.${type}(`;
    const name = quoted(logicalName);
    const column = widthOf(head) + widthOf(name) + 2;
    const text = layout(inputs, { indent: 0, column, after: 2 }, expression);
    const [firstLine = ""] = text.split("\n");
    if (column + widthOf(firstLine) <= lineWidth) return `${head}${name}, ${text});`;
    const below = layout(inputs, { indent: 2, column: 2, after: 1 }, expression);
    return `${head}\n  ${name},\n  ${below},\n);`;
}

function expression(value: object): string | undefined {
    if (value instanceof Reference) return `${value.to.identifier}.${value.output}`;
    if (value instanceof Secret) return `config.requireSecret(${quoted(value.key)})`;
    return undefined;
}
