import fc from "fast-check";

import type { CollectionArguments } from "../../../provider/inputs/schema/collection";
import type { FieldValue } from "../../../provider/inputs/schema/field";
import type { DataType, VectorType } from "../../../provider/inputs/schema/dataType";
import type { FieldArguments } from "../data/field";
import type { Type } from "./cells";
import type { Dialect } from "./dialect";

/** A collection as a program declares it. */
export type Program = CollectionArguments & {
    fields: FieldArguments[];
    indexes: NonNullable<CollectionArguments["indexes"]>;
};

/** Keys that rows hold in the dynamic field. */
export const dynamicKeys = ["lang", "rank", "tags", "deep"];
const names = ["a", "b", "c", "d", "e", "f"];

const elementTypes = ["Bool", "Int8", "Int16", "Int32", "Int64", "Float", "Double", "VarChar"] as const;
const dims: Partial<Record<VectorType, number[]>> = {
    FloatVector: [2, 7],
    Float16Vector: [2, 7],
    BFloat16Vector: [2, 7],
    BinaryVector: [8, 24],
};

/** Lengths below the longest test text, far enough apart that a smaller one finds rows that do not fit. */
const lengths = [16, 64, 512];

export function typeOf(dataType: DataType): fc.Arbitrary<Type> {
    if (dataType === "VarChar")
        return fc.record({ dataType: fc.constant(dataType), maxLength: fc.constantFrom(...lengths) });
    if (dataType === "Array")
        return fc
            .record({
                dataType: fc.constant(dataType),
                elementType: fc.constantFrom(...elementTypes),
                maxCapacity: fc.constantFrom(2, 8),
            })
            .map((type) => (type.elementType === "VarChar" ? { ...type, maxLength: 64 } : type));
    const dim = dims[dataType as VectorType];
    return dim
        ? fc.record({ dataType: fc.constant(dataType), dim: fc.constantFrom(...dim) })
        : fc.constant({ dataType });
}

/** A value as a program writes it, for a backfill or a default. */
export function argumentOf({
    dataType,
    elementType,
    dim = 0,
    maxCapacity = 0,
}: Type): fc.Arbitrary<FieldValue> {
    const list = (element: fc.Arbitrary<number>, length: number) =>
        fc.array(element, { minLength: length, maxLength: length });
    switch (dataType) {
        case "Bool":
            return fc.boolean();
        case "Int8":
            return fc.constantFrom(-128, 127, 0, 5);
        case "Int16":
            return fc.constantFrom(-32_768, 32_767, 6);
        case "Int32":
            return fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 7);
        case "Int64":
            return fc.constantFrom("9223372036854775807", "-9223372036854775808", 0, -1, "9007199254740993");
        case "Float":
            return fc.constantFrom(0, 0.1, -1.5, 3.4028234663852886e38, 1e-45);
        case "Double":
            return fc.constantFrom(0, 0.1, -1e300, 5e-324);
        case "JSON":
            return fc.constantFrom<FieldValue>({}, { a: [1, null, "ü"], "": 0.5 });
        case "Array":
            return fc.array(argumentOf({ dataType: elementType as DataType }), {
                maxLength: Math.min(maxCapacity, 2),
            });
        case "Geometry":
            return fc.constant("POINT (1 2)");
        case "Timestamptz":
            return fc.constant("2025-05-01T12:00:00Z");
        case "BinaryVector":
            return list(fc.integer({ min: 0, max: 255 }), dim / 8);
        case "SparseFloatVector":
            return fc.constantFrom<FieldValue>({ 1: 0.5 }, { 17: 0.1, 4_000_000_000: -2 });
        case "FloatVector":
        case "Float16Vector":
        case "BFloat16Vector":
            return list(fc.constantFrom(0, 0.1, -1.5, 1000), dim);
        default:
            return fc.constantFrom("", 'a "b"', "it's", "back\\", "世界 🌍", "7");
    }
}

const noDefault: DataType[] = ["JSON", "Array", "Geometry", "Timestamptz"];

/** Nullable and with a default, if the server supports them. */
export function fieldOf(name: string, type: Type, { nullable }: Dialect): fc.Arbitrary<FieldArguments> {
    if (!nullable || type.dataType.endsWith("Vector")) return fc.constant({ name, ...type });
    const value = noDefault.includes(type.dataType) ? fc.constant(undefined) : maybe(argumentOf(type), 3);
    return fc.record({ isNull: fc.boolean(), value }).map(({ isNull, value: defaultValue }) => ({
        name,
        ...type,
        ...(isNull && { nullable: true }),
        ...(defaultValue !== undefined && { defaultValue }),
    }));
}

/** Generates a value once in `every` cases. */
export function maybe<T>(arbitrary: fc.Arbitrary<T>, every = 2): fc.Arbitrary<T | undefined> {
    return fc
        .option(arbitrary, { nil: undefined, freq: 1 })
        .chain((value) =>
            every === 2
                ? fc.constant(value)
                : fc.nat(every - 1).map((draw) => (draw === 0 ? value : undefined)),
        );
}

export function scalarOf(dialect: Dialect): fc.Arbitrary<Type> {
    return fc.constantFrom(...dialect.scalars).chain(typeOf);
}

export function vectorOf({ vectors }: Dialect): fc.Arbitrary<Type> {
    return fc.constantFrom(...(Object.keys(vectors) as VectorType[])).chain(typeOf);
}

/** An index for each vector, so that a collection that the program does not load can be loaded to read it. */
export function indexesOf(
    fields: readonly FieldArguments[],
    { vectors }: Dialect,
    draw: number,
): Program["indexes"] {
    return fields.flatMap(({ name, dataType }, at) => {
        const types = vectors[dataType as VectorType];
        return types ? [{ field: name, ...types[(draw + at) % types.length]! }] : [];
    });
}

/** A first program with any features of the given server. */
export function anyProgram(dialect: Dialect): fc.Arbitrary<Program> {
    const fields = fc.tuple(
        fc.record({ text: fc.boolean(), autoId: fc.nat(5).map((draw) => draw === 0) }),
        fc.array(vectorOf(dialect), { minLength: 1, maxLength: dialect.mostVectors }),
        fc
            .subarray(names, { minLength: 3 })
            .chain((chosen) =>
                fc.tuple(
                    ...chosen.map((name) => scalarOf(dialect).chain((type) => fieldOf(name, type, dialect))),
                ),
            ),
    );
    return fc
        .record({
            fields,
            dynamic: fc.boolean(),
            keyed: fc.boolean(),
            partitions: fc.subarray(["y2023", "y2024"]),
            properties: anyProperties(dialect),
            load: fc.nat(4).map((draw) => draw > 0),
            named: fc.boolean(),
            draw: fc.nat(99),
        })
        .map(
            ({
                fields: [key, vectors, scalars],
                dynamic,
                keyed,
                partitions,
                properties,
                load,
                named,
                draw,
            }) => {
                const id: FieldArguments = {
                    name: "id",
                    isPrimaryKey: true,
                    ...(key.text ? { dataType: "VarChar", maxLength: 64 } : { dataType: "Int64" }),
                    ...(key.autoId && (!key.text || dialect.autoIdOfText) && { autoId: true }),
                };
                const declared = [
                    id,
                    ...vectors.map((type, at) => ({ name: `v${at}`, ...type })),
                    ...scalars,
                ];
                return consistent(
                    {
                        ...(named && dialect.rename && { name: "named" }),
                        fields: keyed && dialect.partitions ? withPartitionKey(declared, draw) : declared,
                        indexes: indexesOf(declared, dialect, draw),
                        ...(dialect.partitions && { partitions }),
                        properties,
                        enableDynamicField: dynamic,
                        load,
                    },
                    dialect,
                );
            },
        );
}

export function anyProperties({ properties }: Dialect): fc.Arbitrary<Record<string, string>> {
    const entries = Object.entries(properties).map(([key, values]) =>
        maybe(fc.constantFrom(...values)).map((value) => [key, value]),
    );
    return fc
        .tuple(...entries)
        .map(
            (list) =>
                Object.fromEntries(list.filter(([, value]) => value !== undefined)) as Record<string, string>,
        );
}

/** Makes a field the partition key if its type allows it. */
export function withPartitionKey(fields: readonly FieldArguments[], draw: number): FieldArguments[] {
    const fit = fields.filter(
        ({ dataType, isPrimaryKey, nullable }) =>
            ["Int64", "VarChar"].includes(dataType) && !isPrimaryKey && !nullable,
    );
    const chosen = fit[draw % Math.max(1, fit.length)];
    return fields.map(({ isPartitionKey: _was, ...field }) =>
        field.name === chosen?.name ? { ...field, isPartitionKey: true } : field,
    );
}

/** Removes contradictions between edits, for which the provider would reject the program. */
export function consistent(program: Program, { numPartitions, staysReleased }: Dialect): Program {
    const names = new Set(program.fields.map(({ name }) => name));
    const keyed = program.fields.some(({ isPartitionKey }) => isPartitionKey);
    const { moveToDynamicField = [] } = program.migration ?? {};
    return {
        ...program,
        indexes: program.indexes.filter(({ field }) => names.has(field)),
        partitions: keyed ? [] : program.partitions,
        numPartitions: keyed ? numPartitions : undefined,
        load: program.load !== false || !staysReleased,
        migration: {
            ...program.migration,
            moveToDynamicField: program.enableDynamicField
                ? moveToDynamicField.filter((name) => !names.has(name))
                : [],
        },
    };
}
