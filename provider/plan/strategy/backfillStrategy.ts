import type { Field } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import type { ObservedField } from "../../observe/state";
import type { PlanContext } from "./planContext";

/**
 * The reason why existing rows cannot get the backfill of a new field in place; undefined where they can. Milvus merges a
 * partial upsert in its proxy: it reads the whole row, replaces the columns that it was sent, and writes all of it. So each row
 * has to come back from that as it was. Source, unless a line names another: internal/proxy/task_upsert.go (2.6.2), and Milvus
 * docs, "Upsert Entities".
 */
export function obstacleToBackfill(added: Field, context: PlanContext): string | undefined {
    const { server, target } = context;
    if (target.migration.backfill !== "in-place") return `existing rows get the backfill of ${added.name}`;
    if (!server.partialUpsert) return `${server.server} cannot fill ${added.name} in place`;
    // The proxy reads and writes in two steps: what a client writes in between is lost (issue 49980).
    if (target.migration.writes !== "paused")
        return `filling ${added.name} in place can overwrite what clients write: migration.writes is not "paused"`;
    return ofField(added) ?? ofCollection(added, context) ?? ofOtherFields(added, context);
}

/** A row with the default, or with a vector or a respelled value, cannot be told from one that is not filled. */
function ofField({ name, dataType, elementType, defaultValue, nullable }: Field): string | undefined {
    if (!nullable) return `${name} is not nullable, and Milvus adds only nullable fields in place`;
    if (defaultValue !== undefined)
        return `existing rows would have the default of ${name} until they are filled`;
    const isPlain = !isVector(dataType) && elementType !== "Struct" && !isRespelled(dataType);
    return isPlain ? undefined : `${name} cannot be filled in place: it is a ${elementType ?? dataType}`;
}

function ofCollection({ name }: Field, { source, target }: PlanContext): string | undefined {
    const not = (why: string) => `${name} cannot be filled in place: ${why}`;
    // The proxy reads the rows by a query.
    if (source.loadState !== "loaded") return not("the collection is not loaded");
    // The proxy merges the dynamic field as JSON of Go, which rounds integers beyond 2^53.
    if (source.enableDynamicField || target.enableDynamicField)
        return not("Milvus would rewrite the numbers of the dynamic field");
    // Whether each output comes out as it was is not known.
    if (source.functions.length > 0 || target.functions.length > 0)
        return not("Milvus would run the functions again");
    // An upsert generates another key (Milvus docs, "Upsert Entities").
    if (source.fields.some(({ isPrimaryKey, autoId }) => isPrimaryKey && autoId))
        return not("Milvus would generate new keys");
    // A time to live counts from the write (Milvus docs, "Set Collection TTL").
    if ([source, target].some(({ properties }) => hasTimeToLive(properties)))
        return not("the time to live of each row would start again");
    return source.unmodelled?.isExternal || source.unmodelled?.hasNamespaces
        ? not("its rows are in namespaces or outside of Milvus")
        : undefined;
}

function hasTimeToLive(properties: Readonly<Record<string, string>>): boolean {
    return Number(properties["collection.ttl.seconds"] ?? 0) > 0 || Boolean(properties.ttl_field);
}

function ofOtherFields({ name }: Field, { source, target }: PlanContext): string | undefined {
    const not = (why: string) => `${name} cannot be filled in place: ${why}`;
    const others = source.fields.filter((field) => field.name !== name);
    const unproven = others.find(isUnproven);
    if (unproven) return not(`it is unknown whether Milvus writes ${unproven.name} again as it was`);
    // The proxy marks every value of a field with a default as valid, also where the row holds NULL.
    const defaulted = [...others, ...target.fields].find(
        (field) => field.name !== name && field.nullable && field.defaultValue !== undefined,
    );
    if (defaulted) return not(`Milvus would replace NULL in ${defaulted.name}`);
    // A key without a row is inserted where no other column is required: a row that was just deleted would come back.
    return others.some(isRequired) ? undefined : not("a row that is deleted meanwhile would come back");
}

/** Nullable vectors (issue 46849) and Structs take ways of their own through the merge; other values are text on it. */
function isUnproven({ dataType, elementType, nullable }: ObservedField): boolean {
    return (isVector(dataType) && nullable) || elementType === "Struct" || isRespelled(dataType);
}

function isRequired({ isPrimaryKey, nullable, defaultValue }: ObservedField): boolean {
    return !isPrimaryKey && !nullable && defaultValue === undefined;
}

/** The server stores another form than the text that it is sent, and returns. */
function isRespelled(dataType: string): boolean {
    return dataType === "Geometry" || dataType === "Timestamptz";
}
