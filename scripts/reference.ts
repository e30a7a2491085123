import { z } from "zod";

import { Alias } from "../provider/inputs/schema/alias";
import { allowances, allowanceText } from "../provider/inputs/report/allowance";
import {
    CollectionFunction,
    CollectionInputs,
    IndexInputs,
    Load,
} from "../provider/inputs/schema/collection";
import { Connection, ConnectionArgument } from "../provider/inputs/schema/connection";
import { Field, StructField } from "../provider/inputs/schema/field";
import { MigrationInputs, Transform } from "../provider/inputs/schema/migration";
import { settings } from "../provider/resource/context/connection";
import { choices } from "../provider/resource/context/policy";
import { type Node, objectKey, typeText } from "./argumentType";
import { code, line, table } from "./markdown";

const schemaOf = (schema: z.ZodType) =>
    z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Node;

/** Renders the page of all arguments from their schemas. */
export function referencePage(): string {
    const nodes = sections.map(([title, schema]) => [title, schemaOf(schema)] as const);
    const titles = new Map(nodes.map(([title, node]) => [objectKey(node), title]));
    return [
        "# Reference of arguments",
        "This page is generated from the schemas in `provider/inputs/` by `npm run docs`.",
        "If an argument has the wrong kind, is misspelt, missing or out of range, `pulumi preview` and `pulumi up` stop with MV001 to MV006. The column of each argument lists the other codes; [findings.md](findings.md) explains them.",
        ...nodes.flatMap(([title, node]) => [`## ${title}`, node.description!, argumentsOf(node, titles)]),
        "## Outputs of a Collection",
        table(
            ["output", "meaning"],
            [
                ["`collectionName`", "Name of the collection on the server."],
                ["`generation`", "Seven hex digits, new for every physical collection of the resource."],
                [
                    "`collectionId`",
                    "The server's id of the collection. Empty on milvus-lite, which has none.",
                ],
            ],
        ),
        "An `Alias` has the outputs `name` and `collection`.",
        "## Losses that can be allowed",
        "Values of `migration.allow`.",
        table(
            ["name", "what is lost"],
            Object.entries(allowances).map(([kind, { of, meaning }]) => [
                code(allowanceText(kind as keyof typeof allowances, of && `<${of}>`)),
                meaning,
            ]),
        ),
        "## Stack configuration",
        "The connection of resources without a `connection` argument. Each setting comes from the stack's configuration, then from the environment, then from the default. Set secrets with `pulumi config set --secret`. If the configuration has a token or a user name, the token, user name and password of the environment are ignored.",
        table(
            ["configuration", "environment", "default", "meaning"],
            Object.entries(schemaOf(Connection).properties!).map(([name, node]) => [
                code(`milvus:${name}`),
                code(settings[name as keyof typeof settings]),
                defaultText(node),
                line(node.description!),
            ]),
        ),
        "How plans are checked and printed. Any other value stops with MV316.",
        table(
            ["configuration", "values", "default", "meaning"],
            Object.entries(choices).map(([name, [first, ...others]]) => [
                code(`milvus:${name}`),
                [first, ...others].map(code).join(", "),
                code(first),
                policies[name as keyof typeof choices],
            ]),
        ),
    ]
        .join("\n\n")
        .concat("\n");
}

/** What each setting of plans does. */
export const policies = {
    destructive:
        "`refuse`: every loss stops `pulumi up` until it is allowed by name, including losses that the program asks for.",
    planFormat: "`json`: each plan is one line of JSON, see [plan-json.md](plan-json.md).",
    preview:
        "`strict`: a preview fails for everything that is known to fail `pulumi up`: a blocked plan, a name that is taken, a server that cannot be reached. `warn` prints it and goes on.",
} satisfies Record<keyof typeof choices, string>;

const sections: [title: string, schema: z.ZodType][] = [
    ["Collection", CollectionInputs],
    ["Field", Field],
    ["Field of a Struct", StructField],
    ["Index", IndexInputs],
    ["Function", CollectionFunction],
    ["Load", Load],
    ["Migration", MigrationInputs],
    ["Transform", Transform],
    ["Connection", ConnectionArgument],
    ["Alias", Alias],
];

function argumentsOf({ properties, required = [] }: Node, titles: ReadonlyMap<string, string>): string {
    return table(
        ["argument", "type", "default", "meaning"],
        Object.entries(properties!).map(([name, node]) => {
            const { description = "" } = node;
            // A default that depends on other arguments is in the description.
            const isRequired = required.includes(name) && !description.includes("Default:");
            return [
                code(name),
                typeText(node, titles),
                isRequired ? "required" : defaultText(node),
                line(description),
            ];
        }),
    );
}

function defaultText({ default: value }: Node): string {
    const isNothing =
        value === undefined ||
        value === "" ||
        (typeof value === "object" && JSON.stringify(value).length === 2);
    return isNothing ? "" : code(typeof value === "string" ? value : JSON.stringify(value));
}
