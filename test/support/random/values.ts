import type { FieldArguments } from "../data/field";
import { toCells, toFieldData } from "../data/fieldData";
import type { Random } from "../data/random";
import { randomValue, type Value } from "../data/values";
import { Unfit } from "./convert";
import type { Dialect } from "./dialect";
import { columnOf } from "./mapping";
import type { Program } from "./program";

const objects = [
    "{}",
    '{"lang":"en","rank":3,"tags":["a","b"]}',
    '{"lang":"","rank":-7,"deep":{"list":[1,2],"a key":true}}',
    '{"lang":null,"rank":null,"deep":{"list":null,"a key":null}}',
    '{"lang":"Grüße, 世界 🌍","rank":0.5,"deep":{}}',
    '{"rank":9007199254740993,"lang":"\\"q\\" \\\\","deep":null}',
    '{"rank":true,"lang":5,"tags":{},"deep":[]}',
    '{"deep":{"list":"7","a key":2.0},"lang":"7","rank":"7"}',
];
const scalars = [
    "7",
    "-0.5",
    "1e3",
    "true",
    "null",
    '"text"',
    '"7"',
    "[]",
    "[1,2]",
    '["a","b"]',
    "[true,null]",
];
const texts = ["7", "-12", "true", "false", "0.5", "-1e30", "{}", '{"k":[1]}', "[1,2]", "007"];

/** Values that a conversion is likely to accept, in addition to any values of the field. */
function likely(field: FieldArguments, random: Random, dialect: Dialect): Value {
    const { dataType, dim = 0 } = field;
    switch (dataType) {
        case "JSON": {
            const others = field.name === "$meta" ? [] : scalars.filter((text) => dialect.json.test(text));
            return Buffer.from(random.pick([...objects, ...others]));
        }
        case "VarChar":
            return random.pick(texts);
        case "Int8":
        case "Int16":
        case "Int32":
            return random.below(200) - 100;
        case "Int64":
            return String(random.below(200) - 100);
        case "Float":
        case "Double":
            return random.pick([
                random.below(200) - 100,
                random.below(99) / 4,
                random.pick([-0, NaN, Infinity, -Infinity]),
            ]);
        case "FloatVector":
            return Array.from({ length: dim }, () => Math.fround(random.below(8001) / 1000 - 4));
        default:
            return randomValue(field, random);
    }
}

/**
 * Generates the values of the first program's rows: with `fit`, values that the second one accepts, if a few attempts
 * find one; otherwise any.
 */
export function valuesFor(before: Program, after: Program, dialect: Dialect, fit: boolean) {
    const readers = after.fields.flatMap((to) => columnOf(to, before, after, dialect) ?? []);
    return (field: FieldArguments, random: Random): Value => {
        const uses = readers.filter(({ reads }) => reads === field.name);
        const any = (): Value => {
            if (field.nullable && random.below(4) === 0) return null;
            if (field.dataType === "JSON" || random.below(2) === 0) return likely(field, random, dialect);
            return randomValue(field, random);
        };
        let value = any();
        for (
            let tries = 0;
            fit && tries < 300 && !uses.every((use) => takes(use.make, value, field));
            tries++
        )
            value = any();
        return value;
    };
}

function takes(make: (cell: string) => string, value: Value, field: FieldArguments): boolean {
    try {
        make(toCells(toFieldData(field, [value]))[0]!);
        return true;
    } catch (error) {
        if (error instanceof Unfit) return false;
        throw error;
    }
}
