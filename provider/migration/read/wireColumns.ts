import { columnsRead, type WireColumn, type WireSource, type WireValue } from "../../wire";
import type { ColumnMapping, RowMapping } from "../../plan/mapping/mapping";
import type { Field } from "../../inputs/schema/collection";

/** The dynamic field as queries and inserts name it; a JSON object a row. */
const DYNAMIC = "$meta";

/** The mapping in the terms of the wire: one entry for each column that is sent. */
export function wireColumns(mapping: RowMapping): WireColumn[] {
    const columns = mapping.columns.flatMap((column): WireColumn[] => {
        const source = wireSource(column);
        return source ? [{ ...targetOf(column), source }] : [];
    });
    const source = dynamicSource(mapping);
    return source ? [...columns, { ...dynamicTarget, source }] : columns;
}

/** The columns that the program's transform makes; what it made cannot be compared, for it may not make it twice. */
export function transformColumns(mapping: RowMapping): Omit<WireColumn, "source">[] {
    return mapping.columns.flatMap((column) =>
        column.source.kind === "transform" ? [targetOf(column)] : [],
    );
}

/**
 * What rows of a target keep where their key is there already: the columns as they are read there, and with what they
 * begin in a new row. Undefined where there is nothing of the kind.
 */
export function targetOnlyColumns({
    targetOnly,
}: RowMapping): { stay: WireColumn[]; begin: WireColumn[] } | undefined {
    const begin = (targetOnly?.columns ?? []).flatMap((column): WireColumn[] => {
        const source = wireSource(column);
        return source ? [{ ...targetOf(column), source }] : [];
    });
    if (targetOnly?.dynamic) begin.push({ ...dynamicTarget, source: { kind: "constant", value: {} } });
    const stay = begin.map((column): WireColumn => ({
        ...column,
        source: { kind: "carry", from: column.name },
    }));
    return begin.length === 0 ? undefined : { stay, begin };
}

/** Names of the source's columns that the mapping needs; the key is always among them, for the pages go by it. */
export function sourceFields(mapping: RowMapping, columns: readonly WireColumn[]): string[] {
    return [...new Set([mapping.key.from, ...columns.flatMap(columnsRead)])];
}

const dynamicTarget = {
    name: DYNAMIC,
    dataType: "JSON",
    nullable: false,
    hasDefault: false,
    isDynamic: true,
};

function wireSource({ to, source }: ColumnMapping): WireSource | undefined {
    switch (source.kind) {
        case "carry":
            return { kind: "carry", from: source.from.name, ...fillOf(to, source.nulls) };
        case "convert": {
            const { from, conversion, nulls } = source;
            const lossy = conversion.kind === "lossy";
            return { kind: "convert", from: from.name, type: typeOf(from), lossy, ...fillOf(to, nulls) };
        }
        case "extract": {
            const { backfill: missing } = fillOf(to, source.missing);
            const { from, path } = source;
            return { kind: "extract", from, path, ...(missing !== undefined && { missing }) };
        }
        case "constant":
        case "null":
            return source;
        // Made row by row: see `transformColumns`.
        case "transform":
        case "omit":
            return undefined;
    }
}

/** The dynamic field with the keys that become fields, or go, taken out, and the fields that become keys put in. */
function dynamicSource(mapping: RowMapping): WireSource | undefined {
    const { columns, dynamic, movedToDynamicField = [], droppedDynamicKeys = [] } = mapping;
    if (dynamic !== "carry" && dynamic !== "empty") return undefined;
    const taken = columns.flatMap(({ source }) =>
        source.kind === "extract" && source.from === DYNAMIC && source.path.length === 1 ? source.path : [],
    );
    const remove = [...taken, ...droppedDynamicKeys];
    const add = movedToDynamicField.map((field) => ({
        key: field.name,
        from: field.name,
        type: typeOf(field),
    }));
    const from = dynamic === "carry" ? DYNAMIC : undefined;
    if (add.length > 0 || (from && remove.length > 0)) return { kind: "keys", from, remove, add };
    // Turned on in place, it is nullable in rows that were there before (Milvus 2.6); in the copy it is not.
    return from ? { kind: "carry", from, backfill: {} } : { kind: "constant", value: {} };
}

function targetOf({ to, source }: ColumnMapping): Omit<WireColumn, "source"> {
    // Values that stay need to be held against a limit only where it shrinks.
    const before: Partial<Field> = source.kind === "carry" ? source.from : {};
    const shrinks = (limit: "maxLength" | "maxCapacity") =>
        (before[limit] ?? Infinity) > (to[limit] ?? Infinity);
    return {
        name: to.name,
        nullable: to.nullable,
        hasDefault: to.defaultValue !== undefined,
        ...typeOf(to),
        ...(shrinks("maxLength") && { maxLength: to.maxLength }),
        ...(shrinks("maxCapacity") && { maxCapacity: to.maxCapacity }),
    };
}

function typeOf({ dataType, dim, elementType }: Pick<Field, "dataType" | "dim" | "elementType">) {
    return {
        dataType,
        ...(dim !== undefined && { dim }),
        ...(elementType !== undefined && { elementType }),
    };
}

/** A server stores the default where it is sent NULL; sent as the value, both sides of the comparison have it. */
function fillOf(field: Field, nulls: WireValue | undefined): { backfill?: WireValue } {
    const fill = nulls ?? field.defaultValue;
    return fill === undefined ? {} : { backfill: fill };
}
