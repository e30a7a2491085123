import type { Collection, Field, Load } from "../../inputs/schema/collection";
import type { Change, ChangeKind, ChangeOf } from "../diff/change";
import { typeText } from "../diff/typeText";
import { valueText } from "../../inputs/report/figures";

/** The two sides of a comparison: a change here leads from the program to the server. */
export interface Sides {
    program: Collection;
    server: Collection;
}

type Line<K extends ChangeKind> = (change: ChangeOf<K>, sides: Sides) => string;

const both = (what: string, program: string, server: string) =>
    `${what}: ${program} in the program, ${server} on the server`;
const values = (what: string, { from, to }: { from: unknown; to: unknown }) =>
    both(what, valueText(from), valueText(to));
const flag = (what: string, is: boolean) => both(what, String(!is), String(is));

/** One line for each difference between a program and a server, with both values. */
const lines = {
    "add-field": ({ field }) => both(field.name, "no such field", typeText(field)),
    "drop-field": ({ field }) => both(field.name, typeText(field), "no such field"),
    "rename-field": ({ from, to }) => both("field", to, from),
    "retype-field": ({ field, from, to }) => both(field, from, to),
    "resize-field": (change) => values(`${change.field}.${change.limit}`, change),
    "alter-dim": (change) => values(`${change.field}.dim`, change),
    "alter-nullable": ({ field, to }) => flag(`${field}.nullable`, to),
    "alter-default": (change) => values(`${change.field}.defaultValue`, change),
    "alter-auto-id": ({ field, to }) => flag(`${field}.autoId`, to),
    "alter-analyzer": ({ field: name }, sides) => {
        const text = (of: Collection) => {
            const { enableAnalyzer, enableMatch, analyzerParams, multiAnalyzerParams } = fieldOf(of, name);
            return JSON.stringify({ enableAnalyzer, enableMatch, analyzerParams, multiAnalyzerParams });
        };
        return both(`${name}: analyzer`, text(sides.program), text(sides.server));
    },
    "alter-memory": (change) => values(`${change.field}.${change.setting}`, change),
    "alter-primary-key": (change) => values("primary key", change),
    "alter-partition-key": (change) => values("partition key", change),
    "alter-clustering-key": (change) => values("clustering key", change),
    "describe-part": ({ part, name }, { program, server }) => {
        const text = (of: Collection) =>
            part === "field"
                ? fieldOf(of, name).description
                : of.functions.find((one) => one.name === name)?.description;
        return both(`${name}.description`, valueText(text(program)), valueText(text(server)));
    },
    "add-function": ({ function: { name, type } }) => both(`function ${name}`, "none", type),
    "drop-function": ({ function: { name, type } }) => both(`function ${name}`, type, "none"),
    "alter-function": ({ from, to }) => both(`function ${to.name}`, JSON.stringify(from), JSON.stringify(to)),
    "alter-dynamic-field": ({ to }) => flag("enableDynamicField", to),
    "alter-shards": (change) => values("shardsNum", change),
    "alter-num-partitions": (change) => values("numPartitions", change),
    "alter-consistency": (change) => values("consistencyLevel", change),
    "alter-description": (change) => values("description", change),
    "set-property": (change) => values(`property ${change.key}`, change),
    "delete-property": ({ key, from }) => both(`property ${key}`, valueText(from), "none"),
    "add-partition": ({ partition }) => both(`partition ${partition}`, "none", "there"),
    "drop-partition": ({ partition }) => both(`partition ${partition}`, "there", "none"),
    "add-index": ({ index }) => both(`index ${index.name}`, "none", indexText(index)),
    "drop-index": ({ index }) => both(`index ${index.name}`, indexText(index), "none"),
    "alter-index": ({ from, to }) => both(`index ${to.name}`, indexText(from), indexText(to)),
    "alter-load": ({ from, to }) => both("load", loadText(from), loadText(to)),
    "alter-database": (change) => values("database", change),
    "alter-name": (change) => values("name", change),
    "alter-connection": (change) => values("connection", change),
    "state-only": ({ arguments: names }) => names.join(", "),
} satisfies { [K in ChangeKind]: Line<K> };

export function differenceText(change: Change, sides: Sides): string {
    return (lines[change.kind] as (change: Change, sides: Sides) => string)(change, sides);
}

const fieldOf = ({ fields }: Collection, name: string): Field => fields.find((one) => one.name === name)!;

function indexText({ field, indexType, metricType, params }: Collection["indexes"][number]): string {
    const settings = Object.entries(params).map(([key, value]) => `${key} ${valueText(value)}`);
    return [indexType, metricType, ...settings, `on ${field}`].filter((part) => part !== undefined).join(" ");
}

function loadText(load: Load | undefined): string {
    if (load === undefined) return "released";
    const groups = load.resourceGroups.length === 0 ? "" : ` in ${load.resourceGroups.join(", ")}`;
    return `loaded, ${load.replicas} ${load.replicas === 1 ? "replica" : "replicas"}${groups}`;
}
