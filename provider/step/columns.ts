import type { WireColumn, WireValue } from "../milvus/wire";
import type { RowMapping } from "../plan/mapping";
import type { Field } from "../spec/collection";

/** The dynamic field as queries and inserts name it; a JSON object a row. */
export const DYNAMIC = "$meta";

/** The mapping in the terms of the wire: one entry for each column that is sent. */
export function wireColumns(mapping: RowMapping): WireColumn[] {
    const columns = mapping.columns.flatMap(({ to, source }): WireColumn[] => {
        const target = targetOf(to);
        switch (source.kind) {
            case "carry":
                return [
                    {
                        ...target,
                        source: { kind: "carry", from: source.from.name, ...fillOf(to, source.nulls) },
                    },
                ];
            case "constant":
                return [{ ...target, source: { kind: "constant", value: source.value } }];
            case "null":
                return [{ ...target, source: { kind: "null" } }];
            case "omit":
                return [];
        }
    });
    const dynamic = { name: DYNAMIC, dataType: "JSON", nullable: false, hasDefault: false, isDynamic: true };
    if (mapping.dynamic === "carry") columns.push({ ...dynamic, source: { kind: "carry", from: DYNAMIC } });
    if (mapping.dynamic === "empty") columns.push({ ...dynamic, source: { kind: "constant", value: {} } });
    return columns;
}

/** Names of the source's columns that the mapping needs; the key is always among them, for the pages go by it. */
export function sourceFields(mapping: RowMapping, columns: readonly WireColumn[]): string[] {
    const carried = columns.flatMap(({ source }) => (source.kind === "carry" ? [source.from] : []));
    return [...new Set([mapping.key.from, ...carried])];
}

function targetOf(field: Field): Omit<WireColumn, "source"> {
    return {
        name: field.name,
        dataType: field.dataType,
        nullable: field.nullable,
        hasDefault: field.defaultValue !== undefined,
        ...(field.dim !== undefined && { dim: field.dim }),
        ...(field.elementType !== undefined && { elementType: field.elementType }),
    };
}

/** A server stores the default where it is sent NULL; sent as the value, both sides of the comparison have it. */
function fillOf(field: Field, nulls: WireValue | undefined): { backfill?: WireValue } {
    const fill = nulls ?? field.defaultValue;
    return fill === undefined ? {} : { backfill: fill };
}
