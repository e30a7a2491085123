import fc from "fast-check";

import type { FieldArguments } from "../data/field";
import type { Type } from "./cells";
import { converter, isSame } from "./convert";
import type { Dialect } from "./dialect";
import {
    anyProperties,
    argumentOf,
    dynamicKeys,
    fieldOf,
    indexesOf,
    maybe,
    type Program,
    scalarOf,
    consistent,
    typeOf,
    vectorOf,
    withPartitionKey,
} from "./program";

/** A change of a program; it returns the program unchanged if there is nothing to change. */
type Edit = (program: Program, before: Program) => Program;

/** The target of an edit is drawn as a number, so that it can be drawn before the program is known. */
const draw = fc.nat(999);

function pick<T>(list: readonly T[], at: number): T | undefined {
    return list[at % Math.max(1, list.length)];
}

const isVector = ({ dataType }: Type) => dataType.endsWith("Vector");
const isPlain = (field: FieldArguments) => !field.isPrimaryKey && !isVector(field);
/** Fields that an edit can still drop or change: those of the first program, under their names. */
const old = (program: Program, before: Program) =>
    program.fields.filter(
        (field) => before.fields.some(({ name }) => name === field.name) && field.from === undefined,
    );

function without(program: Program, name: string): Program {
    return { ...program, fields: program.fields.filter((field) => field.name !== name) };
}

function change(program: Program, name: string, to: (field: FieldArguments) => FieldArguments): Program {
    return { ...program, fields: program.fields.map((field) => (field.name === name ? to(field) : field)) };
}

/** A name for a new field that neither program has. */
function fresh(program: Program, before: Program, wanted: readonly string[]): string {
    const taken = new Set(
        [...program.fields, ...before.fields].flatMap(({ name, previousName }) => [name, previousName]),
    );
    const free = [...wanted, ...Array.from({ length: 99 }, (_, at) => `n${at}`)];
    return free.find((name) => !taken.has(name))!;
}

const dropping = (moveToDynamicField: boolean) =>
    draw.map((at): Edit => (program, before) => {
        const vectors = program.fields.filter(isVector);
        const loose = old(program, before).filter(
            (field) =>
                !field.isPrimaryKey &&
                !field.previousName &&
                !(isVector(field) && (moveToDynamicField || vectors.length < 2)),
        );
        const gone = pick(loose, at);
        if (!gone) return program;
        const { moveToDynamicField: others = [] } = program.migration ?? {};
        const migration = { ...program.migration, moveToDynamicField: [...others, gone.name] };
        return {
            ...without(program, gone.name),
            ...(moveToDynamicField && { migration, enableDynamicField: true }),
        };
    });

const renaming = draw.map((at): Edit => (program, before) => {
    const chosen = pick(
        old(program, before).filter(({ previousName }) => previousName === undefined),
        at,
    );
    if (!chosen) return program;
    const name = `${chosen.name}_new`;
    return {
        ...change(program, chosen.name, (field) => ({ ...field, name, previousName: field.name })),
        indexes: program.indexes.map((index) =>
            index.field === chosen.name ? { ...index, field: name } : index,
        ),
    };
});

const swapping = draw.map((at): Edit => (program, before) => {
    const fields = old(program, before).filter((field) => isPlain(field) && field.previousName === undefined);
    const [one, other] = [pick(fields, at), pick(fields, at + 1)];
    if (!one || !other || one === other) return program;
    const names = new Map([
        [one.name, other.name],
        [other.name, one.name],
    ]);
    return {
        ...program,
        fields: program.fields.map((field) => {
            const name = names.get(field.name);
            return name === undefined ? field : { ...field, name, previousName: field.name };
        }),
        indexes: program.indexes.map((index) => ({ ...index, field: names.get(index.field) ?? index.field })),
    };
});

/** With a backfill or, if its type has one, without an explicit value. */
const adding = (dialect: Dialect) =>
    fc
        .tuple(fc.nat(3), scalarOf(dialect), vectorOf(dialect))
        .chain(([which, scalar, vector]) => {
            const type = which === 0 ? vector : scalar;
            return fc.tuple(
                fieldOf("", type, dialect),
                maybe(argumentOf(type), which === 0 ? 2 : 3),
                fc.boolean(),
                draw,
            );
        })
        .map(([field, backfill, asNull, at]): Edit => (program, before) => {
            if (isVector(field) && program.fields.filter(isVector).length >= dialect.mostVectors)
                return program;
            const names = dialect.dynamicKeyCollisions ? dynamicKeys : [];
            const name = fresh(program, before, at % 3 === 0 ? names : []);
            const fill = backfill === undefined && field.nullable && asNull ? null : backfill;
            const added = { ...field, name, ...(fill !== undefined && { backfill: fill }) };
            return {
                ...program,
                fields: [...program.fields, added],
                indexes: [...program.indexes, ...indexesOf([added], dialect, at)],
            };
        });

/** Changes the type: to one that the values convert to, or to any with a backfill that replaces them. */
const retyping = (dialect: Dialect) =>
    fc
        .record({
            at: draw,
            choices: fc.array(fc.oneof(scalarOf(dialect), vectorOf(dialect)), {
                minLength: 12,
                maxLength: 12,
            }),
        })
        .chain(({ at, choices }) =>
            fc.tuple(
                fc.constant(at),
                fc.tuple(
                    ...choices.map((type) =>
                        fc.record({ type: fc.constant(type), backfill: maybe(argumentOf(type)) }),
                    ),
                ),
            ),
        )
        .map(([at, choices]): Edit => (program, before) => {
            const chosen = pick(
                old(program, before).filter(
                    ({ isPrimaryKey, isPartitionKey }) => !isPrimaryKey && !isPartitionKey,
                ),
                at,
            );
            const from =
                chosen && before.fields.find(({ name }) => name === (chosen.previousName ?? chosen.name));
            if (!from) return program;
            const isSameType = choices.filter(({ type }) => isVector(type) === isVector(from));
            const converts = isSameType.find(
                (choice) => !isSame(from, choice.type) && converter(from, choice.type),
            );
            const givenUp = isSameType.find((choice) => choice.backfill !== undefined);
            // Sometimes a type without a conversion and without a backfill, which must be rejected.
            const choice = converts ?? (at % 20 === 0 ? isSameType[0] : at % 3 === 0 ? givenUp : undefined);
            const { type, backfill } = choice ?? {};
            if (!type) return program;
            // Long enough for any number; another edit covers texts that are too long.
            const roomy = type.dataType === "VarChar" ? { ...type, maxLength: 512 } : type;
            const { name, previousName, nullable } = chosen;
            const retyped = {
                name,
                ...roomy,
                ...(previousName !== undefined && { previousName }),
                ...(nullable && !isVector(type) && { nullable }),
                ...(backfill !== undefined && { backfill }),
            };
            const indexes = program.indexes.filter(({ field }) => field !== name);
            return {
                ...change(program, name, () => retyped),
                indexes: [...indexes, ...indexesOf([retyped], dialect, at)],
            };
        });

const resizing = fc
    .tuple(draw, fc.constantFrom(16, 48, 64, 512, 1000))
    .map(([at, to]): Edit => (program, before) => {
        const chosen = pick(
            old(program, before).filter(({ dataType }) => dataType === "VarChar" || dataType === "Array"),
            at,
        );
        if (!chosen) return program;
        const most = Math.ceil(to / 16);
        return change(program, chosen.name, (field) =>
            field.dataType === "VarChar"
                ? { ...field, maxLength: to }
                : {
                      ...field,
                      maxCapacity: most,
                      // An earlier edit may have given it more.
                      ...(Array.isArray(field.backfill) && { backfill: field.backfill.slice(0, most) }),
                  },
        );
    });

const nulling = (dialect: Dialect) =>
    draw.map((at): Edit => (program, before) => {
        const chosen = pick(
            old(program, before).filter((field) => isPlain(field) && !field.isPartitionKey),
            at,
        );
        return !chosen || !dialect.nullable
            ? program
            : change(program, chosen.name, ({ nullable, ...field }) =>
                  nullable ? field : { ...field, nullable: true },
              );
    });

/** Changes the default, or adds a value for the NULLs of a field that becomes non-nullable. */
const filling = (dialect: Dialect) =>
    fc.tuple(draw, fc.boolean(), fc.nat()).map(([at, backfill, seed]): Edit => (program, before) => {
        const chosen = pick(old(program, before).filter(isPlain), at);
        if (!chosen) return program;
        const value = fc.sample(argumentOf(chosen), { seed, numRuns: 1 })[0]!;
        if (backfill) return change(program, chosen.name, (field) => ({ ...field, backfill: value }));
        const defaults = ["Bool", "Int8", "Int32", "Int64", "Float", "Double", "VarChar"];
        if (!dialect.nullable || !defaults.includes(chosen.dataType)) return program;
        return change(program, chosen.name, (field) => ({ ...field, defaultValue: value }));
    });

/** Promotes a dynamic key, or a place in a JSON field, to a field. */
const promoting = (dialect: Dialect) =>
    fc
        .tuple(
            fc.constantFrom(...dynamicKeys, "deep.list", 'deep["a key"]'),
            fc.constantFrom(
                "VarChar" as const,
                "Int64" as const,
                "Double" as const,
                "Float" as const,
                "JSON" as const,
                "Bool" as const,
            ),
            draw,
        )
        .chain(([key, dataType, at]) =>
            fc.tuple(
                fc.constant(key),
                typeOf(dataType).chain((type) =>
                    fc.tuple(fieldOf("", type, dialect), maybe(argumentOf(type))),
                ),
                fc.constant(at),
            ),
        )
        .map(([key, [field, backfill], at]): Edit => (program, before) => {
            const hosts = before.fields.filter(({ dataType }) => dataType === "JSON").map(({ name }) => name);
            const host = pick([...(before.enableDynamicField ? ["$meta", "$meta"] : []), ...hosts], at);
            if (host === undefined) return program;
            // A field with the name of a key replaces it.
            const wanted = host === "$meta" && at % 2 === 0 && !key.includes("deep") ? [key] : [];
            const name = fresh(program, before, wanted);
            const added = {
                ...field,
                name,
                from: `${host}.${key}`,
                ...(backfill !== undefined && { backfill }),
            };
            return { ...program, fields: [...program.fields, added] };
        });

const whole = (dialect: Dialect): fc.Arbitrary<Edit> =>
    fc
        .record(
            {
                enableDynamicField: fc.boolean(),
                partitions: dialect.partitions
                    ? fc.subarray(["y2023", "y2024", "y2025"])
                    : fc.constant<string[]>([]),
                properties: anyProperties(dialect),
                consistencyLevel: fc.constantFrom("Strong" as const, "Eventually" as const),
                description: fc.constantFrom("", 'about "rows"'),
                load: fc.boolean(),
                ...(dialect.shards.length > 0 && { shardsNum: fc.constantFrom(...dialect.shards) }),
            },
            { requiredKeys: [] },
        )
        .map((changes): Edit => (program) => ({ ...program, ...changes }));

const indexing = (dialect: Dialect) =>
    draw.map((at): Edit => (program) => {
        const vectors = indexesOf(program.fields, dialect, at).map((index) =>
            index.indexType === "AUTOINDEX" ||
            index.indexType!.startsWith("SPARSE") ||
            index.indexType!.startsWith("BIN")
                ? index
                : { ...index, metricType: ["L2", "COSINE", "IP"][at % 3]! },
        );
        const scalars = dialect.scalarIndexes.flatMap(({ type, index }) => {
            const on = program.fields.find(
                ({ dataType, isPrimaryKey }) => dataType === type && !isPrimaryKey,
            );
            return on && at % 2 === 0 ? [{ field: on.name, indexType: index }] : [];
        });
        return { ...program, indexes: [...vectors, ...scalars] };
    });

const keying = (dialect: Dialect) =>
    fc
        .tuple(draw, fc.constantFrom("partition", "none", "autoId", "length"))
        .map(([at, what]): Edit => (program) => {
            if (what === "autoId")
                return {
                    ...program,
                    fields: program.fields.map((field) =>
                        field.isPrimaryKey && (field.dataType === "Int64" || dialect.autoIdOfText)
                            ? { ...field, autoId: !field.autoId }
                            : field,
                    ),
                };
            if (what === "length")
                return {
                    ...program,
                    fields: program.fields.map((field) =>
                        field.isPrimaryKey && field.dataType === "VarChar"
                            ? { ...field, maxLength: at % 2 ? 32 : 99 }
                            : field,
                    ),
                };
            if (!dialect.partitions) return program;
            const fields = withPartitionKey(program.fields, at);
            return {
                ...program,
                fields:
                    what === "partition" ? fields : fields.map(({ isPartitionKey: _was, ...field }) => field),
            };
        });

const guiding: fc.Arbitrary<Edit> = fc
    .record(
        {
            batchBytes: fc.constantFrom(1024, 65_536),
            indexes: fc.constantFrom("in-place" as const, "shadow" as const),
            backfill: fc.constantFrom("in-place" as const, "shadow" as const),
            verify: fc.constantFrom("full" as const, "count" as const),
        },
        { requiredKeys: [] },
    )
    .map((guides) => (program) => ({ ...program, migration: { ...program.migration, ...guides } }));

function anyEdit(dialect: Dialect): fc.Arbitrary<Edit> {
    return fc.oneof(
        { weight: 2, arbitrary: dropping(false) },
        { weight: 2, arbitrary: dropping(true) },
        { weight: 2, arbitrary: renaming },
        swapping,
        { weight: 3, arbitrary: adding(dialect) },
        { weight: 5, arbitrary: retyping(dialect) },
        { weight: 2, arbitrary: resizing },
        { weight: 2, arbitrary: nulling(dialect) },
        { weight: 2, arbitrary: filling(dialect) },
        { weight: 3, arbitrary: promoting(dialect) },
        { weight: 2, arbitrary: whole(dialect) },
        { weight: 2, arbitrary: indexing(dialect) },
        keying(dialect),
        guiding,
    );
}

/** Another program, a few edits away. It allows every named loss, or none. */
export function anyChange(before: Program, dialect: Dialect): fc.Arbitrary<Program> {
    return fc
        .tuple(fc.array(anyEdit(dialect), { minLength: 2, maxLength: 8, size: "max" }), fc.nat(9))
        .map(([edits, strict]) => {
            const after = consistent(
                edits.reduce((program, edit) => edit(program, before), before),
                dialect,
            );
            const losses = after.fields.flatMap(({ name }) => [`narrow:${name}`, `null-to-default:${name}`]);
            const regenerates = dialect.autoId === "regenerated" && after.fields.some(({ autoId }) => autoId);
            return {
                ...after,
                migration: {
                    ...after.migration,
                    ...(strict > 0 && { allow: losses }),
                    ...(regenerates && { primaryKeys: "regenerate" as const }),
                },
            };
        });
}
