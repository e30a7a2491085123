import type { Field } from "../../inputs/schema/collection";
import { type DataType, isVector } from "../../inputs/schema/dataType";
import type { StructField } from "../../inputs/schema/field";
import { type DescribedField, type OtherParams, otherParams } from "./fieldSchema";
import { type KeyValue, keyValues, record } from "../transport/keyValue";
import type { Message } from "../transport/protocol";

/**
 * The schema lists Arrays of Structs separately, with each of their fields as an array (Milvus docs, "Array of
 * Structs", 2.6.4).
 */
export function isStructArray(field: { dataType: string; elementType?: string }): boolean {
    return field.dataType === "Array" && field.elementType === "Struct";
}

export function toStructSchema(field: Field & OtherParams): Message {
    return {
        name: field.name,
        description: field.description,
        nullable: field.nullable,
        ...(field.otherParams && { type_params: keyValues(field.otherParams) }),
        fields: (field.fields ?? []).map((member: StructField & OtherParams) => ({
            name: member.name,
            description: member.description,
            data_type: isVector(member.dataType) ? "ArrayOfVector" : "Array",
            element_type: member.dataType,
            type_params: keyValues({
                ...member.otherParams,
                dim: member.dim,
                max_length: member.maxLength,
                max_capacity: field.maxCapacity,
            }),
        })),
    };
}

export function fromStructSchema(message: Message): DescribedField {
    const members = (message.fields as Message[]).map((member) => ({
        params: record(member.type_params as KeyValue[]),
        // A server may name a field `struct[field]`.
        name: /\[(.+)\]$/.exec(member.name as string)?.[1] ?? (member.name as string),
        dataType: member.element_type as DataType,
        description: member.description as string,
    }));
    const capacity = members[0]?.params.max_capacity;
    return {
        name: message.name as string,
        dataType: "Array",
        elementType: "Struct",
        description: message.description as string,
        isPrimaryKey: false,
        autoId: false,
        isPartitionKey: false,
        isClusteringKey: false,
        nullable: message.nullable as boolean,
        enableAnalyzer: false,
        enableMatch: false,
        isFunctionOutput: false,
        ...(capacity !== undefined && { maxCapacity: Number(capacity) }),
        ...otherParams(record(message.type_params as KeyValue[] | undefined)),
        fields: members.map(({ params, ...member }): StructField & OtherParams => ({
            ...member,
            ...(params.dim !== undefined && { dim: Number(params.dim) }),
            ...(params.max_length !== undefined && { maxLength: Number(params.max_length) }),
            ...otherParams(params),
        })),
    };
}
