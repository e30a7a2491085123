import type { Field } from "../../inputs/schema/collection";
import type { DataType } from "../../inputs/schema/dataType";
import type { FieldValue } from "../../inputs/schema/field";
import { fromMemoryParams, memoryKeys } from "../../inputs/schema/memory";
import { keyValues, type KeyValue, record, text } from "../transport/keyValue";
import type { Message } from "../transport/protocol";

/** Type parameters that no argument sets, as the server spells them. */
export interface OtherParams {
    otherParams?: Record<string, string>;
}

/** A field as the server describes it, in terms of the inputs, with all defaults filled in. */
export type DescribedField = Omit<Field, "previousName" | "backfill" | "from"> &
    OtherParams & {
        isFunctionOutput: boolean;
    };

/** The type parameters that arguments of a field set. */
const known = new Set([
    "dim",
    "max_length",
    "max_capacity",
    "enable_analyzer",
    "enable_match",
    "analyzer_params",
    "multi_analyzer_params",
]);

/** The type parameters that no argument sets; nothing where there is none. */
export function otherParams(params: Record<string, string>): OtherParams {
    const others = Object.entries(params).filter(([key]) => !known.has(key));
    return others.length === 0 ? {} : { otherParams: Object.fromEntries(others) };
}

/**
 * Encodes a field of the inputs as `schema.FieldSchema`. Type parameters are text on the wire (Milvus docs, "Create
 * Collection").
 */
export function toFieldSchema(field: Field & OtherParams): Message {
    return {
        name: field.name,
        description: field.description,
        data_type: field.dataType,
        is_primary_key: field.isPrimaryKey,
        autoID: field.autoId,
        is_partition_key: field.isPartitionKey,
        is_clustering_key: field.isClusteringKey,
        nullable: field.nullable,
        ...(field.elementType !== undefined && { element_type: field.elementType }),
        ...(field.defaultValue !== undefined && {
            default_value: toValueField(field.dataType, field.defaultValue),
        }),
        type_params: keyValues({
            ...field.otherParams,
            dim: field.dim,
            max_length: field.maxLength,
            max_capacity: field.maxCapacity,
            enable_analyzer: field.enableAnalyzer || undefined,
            enable_match: field.enableMatch || undefined,
            analyzer_params:
                field.analyzerParams === undefined ? undefined : JSON.stringify(field.analyzerParams),
            multi_analyzer_params:
                field.multiAnalyzerParams === undefined
                    ? undefined
                    : JSON.stringify(field.multiAnalyzerParams),
            [memoryKeys.mmap]: field.mmap,
            [memoryKeys.warmup]: field.warmup,
        }),
    };
}

export function fromFieldSchema(message: Message): DescribedField {
    const params = record(message.type_params as KeyValue[]);
    const dataType = message.data_type as DataType;
    const number = (key: string): number | undefined =>
        params[key] === undefined ? undefined : Number(params[key]);
    const defaultValue = fromValueField(message.default_value as Message | null);
    const { memory, rest } = fromMemoryParams(params);
    return {
        name: message.name as string,
        dataType,
        description: message.description as string,
        isPrimaryKey: message.is_primary_key as boolean,
        autoId: message.autoID as boolean,
        isPartitionKey: message.is_partition_key as boolean,
        isClusteringKey: message.is_clustering_key as boolean,
        nullable: message.nullable as boolean,
        enableAnalyzer: params.enable_analyzer === "true",
        enableMatch: params.enable_match === "true",
        isFunctionOutput: message.is_function_output as boolean,
        ...(defaultValue !== undefined && { defaultValue }),
        ...(params.dim !== undefined && { dim: number("dim") }),
        ...(params.max_length !== undefined && { maxLength: number("max_length") }),
        ...(params.max_capacity !== undefined && { maxCapacity: number("max_capacity") }),
        ...(dataType === "Array" && { elementType: message.element_type as string }),
        ...(params.analyzer_params !== undefined && {
            analyzerParams: JSON.parse(params.analyzer_params) as FieldValue,
        }),
        ...(params.multi_analyzer_params !== undefined && {
            multiAnalyzerParams: JSON.parse(params.multi_analyzer_params) as FieldValue,
        }),
        ...memory,
        ...otherParams(rest),
    };
}

/** The member of `schema.ValueField` that holds the default of each type (Milvus docs, "Nullable & Default"). */
function toValueField(dataType: DataType, value: FieldValue): Message {
    switch (dataType) {
        case "Bool":
            return { bool_data: value };
        case "Int8":
        case "Int16":
        case "Int32":
            return { int_data: value };
        case "Int64":
            return { long_data: text(value) };
        case "Float":
            return { float_data: value };
        case "Double":
            return { double_data: value };
        case "Timestamptz":
            return typeof value === "number" ? { timestamptz_data: String(value) } : { string_data: value };
        default:
            return { string_data: value };
    }
}

function fromValueField(message: Message | null): FieldValue | undefined {
    if (!message) return undefined;
    for (const [member, value] of Object.entries(message)) {
        if (value === null || value === undefined) continue;
        // An int64 arrives as text; it becomes a number if that is exact.
        if (member === "long_data" || member === "timestamptz_data")
            return Number.isSafeInteger(Number(value)) ? Number(value) : (value as string);
        return value as FieldValue;
    }
    return undefined;
}
