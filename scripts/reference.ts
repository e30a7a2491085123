import { z } from "zod";

import { Role, User } from "../provider/inputs/schema/access";
import { Alias } from "../provider/inputs/schema/alias";
import { allowances, allowanceText } from "../provider/inputs/report/allowance";
import {
    CollectionFunction,
    CollectionInputs,
    IndexInputs,
    Load,
} from "../provider/inputs/schema/collection";
import { Connection, ConnectionArgument } from "../provider/inputs/schema/connection";
import { Database } from "../provider/inputs/schema/database";
import { Grant } from "../provider/inputs/schema/grant";
import { PrivilegeGroup } from "../provider/inputs/schema/privilegeGroup";
import { Field, StructField } from "../provider/inputs/schema/field";
import { Gate } from "../provider/inputs/schema/gate";
import { MigrationInputs, Transform } from "../provider/inputs/schema/migration";
import { Retention, RollbackTarget } from "../provider/inputs/schema/retention";
import { Partition } from "../provider/inputs/schema/partition";
import { ResourceGroup } from "../provider/inputs/schema/resourceGroup";
import { settings } from "../provider/resource/context/connection";
import { approvalSetting } from "../provider/resource/context/approval";
import { choices } from "../provider/resource/context/policy";
import { defaultMetricsAddress, telemetrySettings } from "../provider/resource/context/telemetrySettings";
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
                [
                    "`migrationState`",
                    "Where a detached migration stands: `phase`, `collection`, `rows`, `total`. Absent where none is under way.",
                ],
            ],
        ),
        "The other resources have their arguments as outputs.",
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
        "How plans are checked, printed and approved. Any other value stops with MV316, or with MV561.",
        table(
            ["configuration", "values", "default", "meaning"],
            [
                ...Object.entries(choices).map(([name, [first, ...others]]) => [
                    code(`milvus:${name}`),
                    [first, ...others].map(code).join(", "),
                    code(first),
                    policies[name as keyof typeof choices],
                ]),
                [code(approvalSetting), "`print`, `none`, hashes or files", "", approvedPlan],
            ],
        ),
        "Who watches a run from outside: see [observability.md](observability.md). Each setting comes from the stack's configuration, then from the environment. Any other value stops with MV316.",
        table(
            ["configuration", "environment", "default", "meaning"],
            Object.entries(telemetrySettings).map(([name, variable]) => [
                code(`milvus:${name}`),
                code(variable),
                name === "metricsAddress" ? code(defaultMetricsAddress) : "no metrics",
                telemetryTexts[name as keyof typeof telemetrySettings],
            ]),
        ),
    ]
        .join("\n\n")
        .concat("\n");
}

/** What `milvus:approvedPlan` does. */
export const approvedPlan =
    "The plans that `pulumi up` carries out: one hash or a list of them, each of one collection's plan, or paths of saved plans that end with `.json`. Any other plan stops with MV560 before anything is changed. `print`: the preview prints each hash, and every plan is carried out. `none`: no plan is. See [approved-plans.md](approved-plans.md).";

/** What each setting of metrics does. */
export const telemetryTexts = {
    metricsPort:
        "Port of this machine where `pulumi up` serves metrics for Prometheus while it runs, at `/metrics`; 0 is any free port. A port that is in use is a warning (MV490).",
    metricsAddress:
        "Address of the network interface of `milvus:metricsPort`. `0.0.0.0` serves every interface, without a password.",
} satisfies Record<keyof typeof telemetrySettings, string>;

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
    ["Gate", Gate],
    ["Retention", Retention],
    ["Rollback target", RollbackTarget],
    ["Connection", ConnectionArgument],
    ["Alias", Alias],
    ["Database", Database],
    ["Partition", Partition],
    ["Resource group", ResourceGroup],
    ["Grant", Grant],
    ["PrivilegeGroup", PrivilegeGroup],
    ["Role", Role],
    ["User", User],
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
