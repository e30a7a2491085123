/** The messages of schema.proto (Milvus 3.0) that the fake reads, decoded by `proto.ts`. */

export interface KeyValue {
    key: string;
    value: string;
}

export interface FieldSchema {
    fieldID: string;
    name: string;
    is_primary_key: boolean;
    description: string;
    data_type: string;
    type_params: KeyValue[];
    autoID: boolean;
    element_type: string;
    /** One member of `schema.ValueField`. */
    default_value: Record<string, unknown> | null;
    is_dynamic: boolean;
    is_partition_key: boolean;
    is_clustering_key: boolean;
    nullable: boolean;
    is_function_output: boolean;
}

export interface StructSchema {
    fieldID: string;
    name: string;
    description: string;
    fields: FieldSchema[];
    type_params: KeyValue[];
    nullable: boolean;
}

export interface FunctionSchema {
    id: string;
    name: string;
    description: string;
    type: string;
    input_field_names: string[];
    output_field_names: string[];
    params: KeyValue[];
}

export interface CollectionSchema {
    name: string;
    description: string;
    autoID: boolean;
    fields: FieldSchema[];
    enable_dynamic_field: boolean;
    external_source?: string;
    enable_namespace?: boolean;
    functions: FunctionSchema[];
    struct_array_fields: StructSchema[];
}

/** One column of an insert or an answer. */
export interface FieldData {
    type: string;
    field_name: string;
    field_id?: string;
    is_dynamic?: boolean;
    valid_data?: boolean[];
    scalars?: Record<string, { data: unknown[]; element_type?: string } | undefined>;
    vectors?: { dim?: string } & Record<string, unknown>;
    struct_arrays?: { fields: FieldData[] };
}

/** The part that identifies the collection in every request about one. */
export interface Named {
    collection_name: string;
}

export function record(pairs: readonly KeyValue[]): Record<string, string> {
    return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}

export function pairs(values: Iterable<[string, string]>): KeyValue[] {
    return [...values].map(([key, value]) => ({ key, value }));
}
