import { columnsRead, type WireColumn, type WireSource, type WireValue } from "../../wire";
import type { ColumnMapping, RowMapping } from "../../plan/mapping/mapping";
import { asServerSpells } from "../../plan/mapping/column/spelling";
import type { Field } from "../../inputs/schema/collection";

/** The name of the dynamic field in queries and inserts; it holds one JSON object per row. */
const DYNAMIC = "$meta";

/** Translates the mapping into wire columns: one entry for each column that is sent. */
export function wireColumns(mapping: RowMapping): WireColumn[] {
    const columns = mapping.columns.flatMap((column): WireColumn[] => {
        const source = wireSource(column);
        return source ? [{ ...targetOf(column, mapping), source }] : [];
    });
    const source = dynamicSource(mapping);
    return source ? [...columns, { ...dynamicTarget, source }] : columns;
}

/**
 * The columns that the program's transform computes. They are not compared, because a transform may return another
 * value the second time.
 */
export function transformColumns(mapping: RowMapping): ComputedColumn[] {
    return mapping.columns.flatMap((column) => {
        if (column.source.kind !== "transform") return [];
        const { to } = column;
        return [{ ...targetOf(column, mapping), ...(to.nullable && fillOf(to, undefined)) }];
    });
}

/** A column that the transform computes; `backfill` replaces NULL, as a server replaces it by the field's default. */
export type ComputedColumn = Omit<WireColumn, "source"> & { backfill?: WireValue };

/**
 * The columns that only the target has. `stay`: how they are read from rows whose key exists; `begin`: their values in
 * new rows. Undefined if there are none.
 */
export function targetOnlyColumns({
    targetOnly,
}: RowMapping): { stay: WireColumn[]; begin: WireColumn[] } | undefined {
    const begin = (targetOnly?.columns ?? []).flatMap((column): WireColumn[] => {
        const source = wireSource(column);
        return source ? [{ ...targetOf(column, {}), source }] : [];
    });
    if (targetOnly?.dynamic) begin.push({ ...dynamicTarget, source: { kind: "constant", value: {} } });
    const stay = begin.map((column): WireColumn => ({
        ...column,
        source: { kind: "carry", from: column.name },
    }));
    return begin.length === 0 ? undefined : { stay, begin };
}

/**
 * Names of the source's columns that the mapping needs. The key is always included, because pages are read in key
 * order.
 */
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
        // Computed row by row: see `transformColumns`.
        case "transform":
        case "omit":
            return undefined;
    }
}

/** The dynamic field without the keys that become fields or are dropped, and with the fields that become keys. */
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
    // When it was enabled in place, it is NULL in older rows (Milvus 2.6); in the copy it is not nullable.
    return from ? { kind: "carry", from, backfill: {} } : { kind: "constant", value: {} };
}

function targetOf(
    { to, source }: ColumnMapping,
    { storedJson }: Pick<RowMapping, "storedJson">,
): Omit<WireColumn, "source"> {
    // Carried values need a length check only if the limit shrinks.
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
        ...(storedJson && to.dataType === "JSON" && source.kind !== "carry" && { json: storedJson }),
    };
}

function typeOf({ dataType, dim, elementType }: Pick<Field, "dataType" | "dim" | "elementType">) {
    return {
        dataType,
        ...(dim !== undefined && { dim }),
        ...(elementType !== undefined && { elementType }),
    };
}

/** A server replaces NULL by the default. Sending the default as a value makes both sides of the comparison equal. */
function fillOf(field: Field, nulls: WireValue | undefined): { backfill?: WireValue } {
    const fill = nulls ?? field.defaultValue;
    return fill === undefined ? {} : { backfill: asServerSpells(field, fill) };
}
