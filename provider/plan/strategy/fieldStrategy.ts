import type { Field } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import type { ObservedField } from "../../observe/state";
import type { ChangeOf } from "../diff/change";
import { saysNoValue } from "../mapping/column/fill";
import { finding } from "../finding/finding";
import type { PlanContext } from "./planContext";
import { leftOut } from "../mapping/losses";
import { hiddenKeys } from "../mapping/dynamicKeyCollision";
import { dropsInPlace } from "./functionStrategy";
import { same } from "../diff/same";
import { typeText } from "../diff/typeText";
import type { Update } from "./update";
import { inPlace, migrate, type Strategy } from "./strategy";

const structs = (field: Pick<Field, "dataType" | "elementType">) =>
    field.dataType === "Array" && field.elementType === "Struct";

/**
 * A field comes in place where the server would fill the old rows as the program asks: with the default, or NULL.
 * Source: Milvus docs, "Add Fields to an Existing Collection" (2.6.0, vectors 2.6.18, Arrays of Structs 3.0).
 */
export function addField(field: Field, context: PlanContext): Strategy {
    const { source, target } = context;
    const there = source.fields.find(({ name }) => name === field.name);
    const maker = target.functions.find(({ outputFieldNames }) => outputFieldNames.includes(field.name));
    // It comes with its function, in whatever way that one comes, or came in a run that was cut short.
    if (maker !== undefined)
        return there === undefined && source.functions.some(({ name }) => name === maker.name)
            ? migrate("fields", "a function gets another output")
            : inPlace();
    if (there !== undefined && !isSameField(there, field))
        return migrate("fields", `the server has another field ${field.name}`);
    const obstacle = there === undefined ? obstacleToAdding(field, context) : undefined;
    if (obstacle !== undefined) return migrate("fields", obstacle);
    return {
        via: "update",
        updates: [
            { kind: "add-field", field },
            ...target.indexes
                .filter(({ field: on }) => on === field.name || on.startsWith(`${field.name}[`))
                .map((index): Update => ({ kind: "create-index", index })),
        ],
        findings: source.enableDynamicField ? hiddenKeys([field], context.statistics) : [],
    };
}

/** Somebody added the field before: a former run that was cut short, or a hand. */
function isSameField(there: ObservedField, field: Field): boolean {
    return (
        typeText(there) === typeText(field) &&
        there.nullable === field.nullable &&
        same(there.defaultValue, field.defaultValue)
    );
}

/** What keeps a new field from coming in place. */
function obstacleToAdding(added: Field, { server, target: { migration } }: PlanContext): string | undefined {
    if (added.isPrimaryKey || added.isPartitionKey || added.isClusteringKey)
        return "a key comes with its collection";
    if (added.from !== undefined) return `the rows get ${added.name} from ${added.from}`;
    if (!serverFills(added)) return `the rows get the backfill of ${added.name}`;
    if (migration.transform !== undefined && saysNoValue(added))
        return `the rows get ${added.name} from ${migration.transform.module}`;
    if (!added.nullable) return "Milvus adds only nullable fields in place";
    if (added.enableAnalyzer) return "an analyzer comes with its collection";
    const [able, what] = structs(added)
        ? [server.addStruct, "Array of Structs"]
        : isVector(added.dataType)
          ? [server.addVector, "vector"]
          : [server.addField, "field"];
    return able ? undefined : `${server.server} adds no ${what} in place`;
}

/** Old rows of a field that the server adds hold its default, else NULL. */
function serverFills({ backfill, defaultValue }: Field): boolean {
    return backfill === undefined || same(backfill, defaultValue ?? null);
}

/** Source: Milvus, AlterCollectionSchema (3.0): no key, not the last vector, nothing that a function names. */
export function dropField(field: Field, context: PlanContext): Strategy {
    const { server, source, target, statistics } = context;
    const there = source.fields.find(({ name }) => name === field.name);
    if (there === undefined) return inPlace();
    const maker = source.functions.find(({ outputFieldNames }) => outputFieldNames.includes(field.name));
    if (maker !== undefined)
        return dropsInPlace(maker, context)
            ? inPlace()
            : migrate("fields", `${maker.name} makes ${field.name}`);
    if (target.migration.moveToDynamicField.includes(field.name))
        return migrate("fields", `${field.name} goes into the dynamic field`);
    if (!server.alterSchema) return migrate("fields", `${server.server} drops no field in place`);
    if (there.isPrimaryKey || there.isPartitionKey || there.isClusteringKey)
        return migrate("fields", "a key goes with its collection");
    if (!target.fields.some(({ dataType }) => isVector(dataType)))
        return migrate("fields", "Milvus drops no last vector in place");
    if (
        source.functions.some(
            (one) => one.inputFieldNames.includes(field.name) && !dropsInPlace(one, context),
        )
    )
        return migrate("fields", `a function reads ${field.name}`);
    return {
        via: "update",
        updates: [{ kind: "drop-field", field: field.name }],
        findings: leftOut(field.name, statistics),
    };
}

const limits = {
    maxLength: { key: "max_length", able: "alterMaxLength", beyond: "tooLong" },
    maxCapacity: { key: "max_capacity", able: "alterMaxCapacity", beyond: "tooMany" },
} as const;

/** The server checks no row against a limit that shrinks (Milvus docs, "Alter Collection Field"): somebody has to count. */
export function resizeField(
    change: ChangeOf<"resize-field">,
    { server, target, statistics }: PlanContext,
): Strategy {
    const { field: name, limit, from, to } = change;
    const { key, able, beyond } = limits[limit];
    const field = target.fields.find((one) => one.name === name);
    if (from === undefined || to === undefined || field === undefined)
        return migrate("fields", `Milvus takes no ${limit} away`);
    if (!server[able]) return migrate("fields", `${server.server} changes no ${limit} in place`);
    if (field.isPrimaryKey) return migrate("fields", "Milvus changes no primary key in place");
    // An Array's elements and a Struct's fields are out of this call's reach.
    if (structs(field) || (limit === "maxLength" && field.dataType !== "VarChar"))
        return migrate("fields", `Milvus changes no ${limit} inside of an Array in place`);
    if (to < from && statistics[beyond]?.[name] !== 0)
        return migrate("fields", "the server would not check the rows against the smaller limit");
    return inPlace({ kind: "alter-field", field: name, properties: { [key]: String(to) } });
}

/** To move all rows for the wording of a part would be absurd: without a call for it, the next migration takes it along. */
export function describeField(
    { part, name }: ChangeOf<"describe-part">,
    { server, target }: PlanContext,
): Strategy {
    const field = part === "field" ? target.fields.find((one) => one.name === name) : undefined;
    if (field !== undefined && !structs(field) && server.alterFieldDescription)
        return inPlace({
            kind: "alter-field",
            field: name,
            properties: { "field.description": field.description },
        });
    const message = `The description of ${name} reaches the server with the next migration.`;
    return { via: "state-only", findings: [finding("MV126", `${part}s`, message)] };
}
