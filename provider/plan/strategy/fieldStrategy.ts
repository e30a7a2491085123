import type { Field } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import type { ObservedField } from "../../observe/state";
import type { ChangeOf } from "../diff/change";
import { saysNoValue } from "../mapping/column/fill";
import { finding } from "../finding/finding";
import type { PlanContext } from "./planContext";
import { leftOut, neverDeclared } from "../mapping/losses";
import { hiddenKeys } from "../mapping/dynamicKeyCollision";
import { isUnfilled } from "../diff/unfilled";
import { obstacleToBackfill } from "./backfillStrategy";
import { ignoredMemory, knownField, knownIndex } from "../mapping/memorySettings";
import { dropsInPlace } from "./functionStrategy";
import { isAlteredAfterwards } from "./indexStrategy";
import { languageField } from "../diff/languageField";
import { same } from "../diff/same";
import { typeText } from "../diff/typeText";
import type { Update } from "./update";
import { inPlace, loadsNew, migrate, type Strategy } from "./strategy";

const structs = (field: Pick<Field, "dataType" | "elementType">) =>
    field.dataType === "Array" && field.elementType === "Struct";

/**
 * A field is added in place where the server fills existing rows as the program asks: with the default, or NULL.
 * Source: Milvus docs, "Add Fields to an Existing Collection" (2.6.0, vectors 2.6.18, Arrays of Structs 3.0).
 */
export function addField(field: Field, context: PlanContext): Strategy {
    const { source, target } = context;
    const there = source.fields.find(({ name }) => name === field.name);
    const maker = target.functions.find(({ outputFieldNames }) => outputFieldNames.includes(field.name));
    // The field is added with its function, or an interrupted run added both.
    if (maker !== undefined)
        return there === undefined && source.functions.some(({ name }) => name === maker.name)
            ? migrate("fields", "Milvus cannot change the outputs of a function")
            : inPlace();
    if (there !== undefined && !isSameField(there, field))
        return migrate("fields", `the server has a different field ${field.name}`);
    const isFilled = there === undefined ? !serverFills(field) : isUnfilled(field, source);
    const obstacle =
        there === undefined
            ? obstacleToAdding(field, context)
            : isFilled
              ? obstacleToBackfill(field, context)
              : undefined;
    if (obstacle !== undefined) return migrate("fields", obstacle);
    const indexes = target.indexes
        .filter(({ field: on }) => on === field.name || on.startsWith(`${field.name}[`))
        .map((index) => knownIndex(index, context.server));
    const isReleased = indexes.some(isAlteredAfterwards);
    if (isFilled && isReleased)
        return migrate("fields", `${field.name} cannot be filled in place: its index needs a release`);
    return {
        via: "update",
        updates: [
            { kind: "add-field", field: knownField(field, context.server) },
            ...(isFilled ? [{ kind: "backfill", fields: [field] } as const] : []),
            ...indexes.map((index): Update => ({ kind: "create-index", index, isNew: true })),
            // The load after a release loads the new vector, too.
            ...(isVector(field.dataType) && !isReleased ? loadsNew(context) : []),
        ],
        ...(isReleased && { released: true }),
        findings: [
            ...(source.enableDynamicField ? hiddenKeys([field], context.statistics) : []),
            ...ignoredMemory({ fields: [field], indexes: [] }, context.server),
        ],
    };
}

/** Whether the field was added before, by an interrupted run or by hand. */
function isSameField(there: ObservedField, field: Field): boolean {
    return (
        typeText(there) === typeText(field) &&
        there.nullable === field.nullable &&
        same(there.defaultValue, field.defaultValue)
    );
}

/** The reason why a new field cannot be added in place; undefined where it can. */
function obstacleToAdding(added: Field, context: PlanContext): string | undefined {
    const {
        server,
        target: { migration },
    } = context;
    if (added.isPrimaryKey || added.isPartitionKey || added.isClusteringKey)
        return "Milvus cannot add a key in place";
    if (added.from !== undefined) return `existing rows get ${added.name} from ${added.from}`;
    const unfillable = serverFills(added) ? undefined : obstacleToBackfill(added, context);
    if (unfillable !== undefined) return unfillable;
    if (migration.transform !== undefined && saysNoValue(added))
        return `existing rows get ${added.name} from ${migration.transform.module}`;
    if (!added.nullable) return "Milvus adds only nullable fields in place";
    if (added.enableAnalyzer) return "Milvus cannot add an analyzer in place";
    const [able, what] = structs(added)
        ? [server.addStruct, "an Array of Structs"]
        : isVector(added.dataType)
          ? [server.addVector, "a vector"]
          : [server.addField, "a field"];
    if (!able) return `${server.server} cannot add ${what} in place`;
    if (crashes(context)) return `${server.server} can crash when a field is added to several shards`;
    // Existing rows would hold NULL (issues 45543, 45619, 45644).
    return added.defaultValue !== undefined && !server.fillsDefaults
        ? `${server.server} does not fill the default of ${added.name} into existing rows`
        : undefined;
}

/** Source: issues 45618 and 51835; turning the dynamic field on adds a field as well. */
export function crashes({ server, source }: PlanContext): boolean {
    return server.crashesOnAddedField && (source.shardsNum ?? 1) > 1;
}

/** A server fills an added field in existing rows with its default, else NULL. */
function serverFills({ backfill, defaultValue }: Field): boolean {
    return backfill === undefined || same(backfill, defaultValue ?? null);
}

/** Milvus drops no key, not the last vector, and no field of a function. Source: AlterCollectionSchema (3.0). */
export function dropField(field: Field, context: PlanContext): Strategy {
    const { server, source, target, statistics, undeclared = [] } = context;
    const there = source.fields.find(({ name }) => name === field.name);
    if (there === undefined) return inPlace();
    const maker = source.functions.find(({ outputFieldNames }) => outputFieldNames.includes(field.name));
    if (maker !== undefined)
        return dropsInPlace(maker, context)
            ? inPlace()
            : migrate("fields", `function ${maker.name} fills ${field.name}`);
    if (target.migration.moveToDynamicField.includes(field.name))
        return migrate("fields", `${field.name} moves to the dynamic field`);
    if (!server.alterSchema) return migrate("fields", `${server.server} cannot drop a field in place`);
    // One that is added again under its name shows the values of the dropped one (3.0.0, issue 52877).
    if (structs(there) && server.version?.join(".") === "3.0.0")
        return migrate("fields", `${server.server} cannot drop an Array of Structs safely`);
    if (there.isPrimaryKey || there.isPartitionKey || there.isClusteringKey)
        return migrate("fields", "Milvus cannot drop a key in place");
    if (!target.fields.some(({ dataType }) => isVector(dataType)))
        return migrate("fields", "Milvus cannot drop the last vector in place");
    const guided = source.fields.find((one) => languageField(one) === field.name);
    if (guided !== undefined)
        return migrate("fields", `${field.name} chooses the analyzer of ${guided.name}`);
    if (
        source.functions.some(
            (one) => one.inputFieldNames.includes(field.name) && !dropsInPlace(one, context),
        )
    )
        return migrate("fields", `a function reads ${field.name}`);
    return {
        via: "update",
        updates: [{ kind: "drop-field", field: field.name }],
        findings: undeclared.includes(field.name)
            ? neverDeclared(field.name, statistics)
            : leftOut(field.name, statistics),
    };
}

const limits = {
    maxLength: { key: "max_length", able: "alterMaxLength", beyond: "tooLong" },
    maxCapacity: { key: "max_capacity", able: "alterMaxCapacity", beyond: "tooMany" },
} as const;

/**
 * A limit shrinks in place only where every row was counted to fit: the server does not check rows (Milvus docs, "Alter
 * Collection Field").
 */
export function resizeField(
    change: ChangeOf<"resize-field">,
    { server, target, statistics }: PlanContext,
): Strategy {
    const { field: name, limit, from, to } = change;
    const { key, able, beyond } = limits[limit];
    const field = target.fields.find((one) => one.name === name);
    if (from === undefined || to === undefined || field === undefined)
        return migrate("fields", `Milvus cannot remove ${limit}`);
    if (!server[able]) return migrate("fields", `${server.server} cannot change ${limit} in place`);
    if (field.isPrimaryKey) return migrate("fields", "Milvus cannot change the primary key in place");
    // AlterCollectionField cannot change the fields of a Struct; it takes the maxLength of an Array of VarChar.
    if (structs(field)) return migrate("fields", `Milvus cannot change ${limit} inside an Array in place`);
    if (to < from && statistics[beyond]?.[name] !== 0)
        return migrate("fields", "Milvus does not check existing rows against a smaller limit");
    return inPlace({ kind: "alter-field", field: name, properties: { [key]: String(to) } });
}

/**
 * The analyzer of a field that nothing uses: neither text match nor a function. Source: Milvus, AlterCollectionField (3.0.0, PR
 * 51279).
 */
export function alterAnalyzer(
    { field: name }: ChangeOf<"alter-analyzer">,
    { server, source, target }: PlanContext,
): Strategy {
    const from = source.fields.find((one) => one.name === name);
    const to = target.fields.find((one) => one.name === name);
    if (!server.alterAnalyzer || from === undefined || to === undefined)
        return migrate("fields", "Milvus cannot change the analyzer of a field");
    if (!same(from.multiAnalyzerParams, to.multiAnalyzerParams))
        return migrate("fields", `Milvus cannot change the analyzers by language of ${name} in place`);
    if (from.enableMatch || to.enableMatch)
        return migrate("fields", `Milvus cannot change the analyzer of ${name}, which text match uses`);
    if (source.functions.some(({ inputFieldNames }) => inputFieldNames.includes(name)))
        return migrate("fields", `Milvus cannot change the analyzer of ${name}, which a function uses`);
    const properties = {
        enable_analyzer: String(to.enableAnalyzer),
        ...(to.analyzerParams !== undefined && { analyzer_params: JSON.stringify(to.analyzerParams) }),
    };
    const removes = from.analyzerParams !== undefined && to.analyzerParams === undefined;
    const deletes = removes ? { deletes: ["analyzer_params"] } : {};
    return inPlace({ kind: "alter-field", field: name, properties, ...deletes });
}

/** A description is not worth a migration: where the server cannot change it in place, the next migration sends it. */
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
    const message = `The description of ${name} is sent to the server with the next migration.`;
    return { via: "state-only", findings: [finding("MV126", `${part}s`, message)] };
}
