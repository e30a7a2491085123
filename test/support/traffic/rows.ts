import type { Message } from "../../../provider/milvus/transport/protocol";
import type { CollectionArgs } from "../../../sdk/args";

/** Every value of a row depends on its key and version, so that an oracle needs only the version. */
export const DIM = 8;

/** The collection that clients write to; the change is `maxLength`, so that their requests fit before and after. */
export const collectionOf = (maxLength: number, enableDynamicField = false): CollectionArgs => ({
    ...(enableDynamicField && { enableDynamicField }),
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "vector", dataType: "FloatVector", dim: DIM },
        { name: "version", dataType: "Int64" },
        { name: "label", dataType: "VarChar", maxLength },
    ],
    indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }],
});

export interface Version {
    key: bigint;
    version: number;
}

/**
 * The columns of the rows. With `isDynamic` a row of an odd version has one dynamic key more than one of an even version.
 */
export function fieldsData(rows: readonly Version[], isDynamic = false): Message[] {
    const scalars = (field_name: string, type: string, data: Message) => ({
        field_name,
        type,
        scalars: data,
    });
    return [
        scalars("id", "Int64", { long_data: { data: rows.map(({ key }) => String(key)) } }),
        scalars("version", "Int64", { long_data: { data: rows.map(({ version }) => String(version)) } }),
        scalars("label", "VarChar", { string_data: { data: rows.map(labelOf) } }),
        {
            field_name: "vector",
            type: "FloatVector",
            vectors: { dim: String(DIM), float_vector: { data: rows.flatMap(vectorOf) } },
        },
        ...(isDynamic
            ? [{ ...scalars("$meta", "JSON", { json_data: { data: rows.map(metaOf) } }), is_dynamic: true }]
            : []),
    ];
}

function metaOf({ version }: Version): Buffer {
    return Buffer.from(JSON.stringify({ extra: version, ...(version % 2 === 1 && { more: "x" }) }));
}

/** The rows as an encoded insert or upsert into a collection. */
export function rowsRequest(collection: string, rows: readonly Version[], isDynamic = false): Message {
    return { collection_name: collection, fields_data: fieldsData(rows, isDynamic), num_rows: rows.length };
}

function labelOf({ key, version }: Version): string {
    return `row ${key} in version ${version}`;
}

/** Whole numbers below 2^24, which a float represents exactly. */
function vectorOf({ key, version }: Version): number[] {
    return Array.from({ length: DIM }, (_, place) =>
        Number((key * 31n + BigInt(version * 7 + place)) % 16_777_213n),
    );
}
