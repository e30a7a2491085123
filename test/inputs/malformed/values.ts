import { type Args, smallProgram } from "../program";
import type { Malformed } from "./case";

const withDefault = (dataType: string, defaultValue: unknown, more: Args = {}): Args =>
    smallProgram({ name: "a", dataType, defaultValue, ...more });
const withBackfill = (dataType: string, backfill: unknown, more: Args = {}): Args =>
    smallProgram({ name: "a", dataType, backfill, ...more });
const array = (elementType: string, backfill: unknown, more: Args = {}): Args =>
    withBackfill("Array", backfill, { elementType, maxCapacity: 2, ...more });
const atDefault = "fields[2].defaultValue";
const atBackfill = "fields[2].backfill";

export const values: Malformed[] = [
    {
        it: "refuses a default of a vector",
        args: withDefault("FloatVector", [1, 2], { dim: 2 }),
        expected: [[atDefault, "MV030", "backfill"]],
    },
    {
        it: "refuses a default of JSON",
        args: withDefault("JSON", {}),
        expected: [[atDefault, "MV030", "JSON"]],
    },
    {
        it: "refuses a default of an Array",
        args: withDefault("Array", [], { elementType: "Int8", maxCapacity: 2 }),
        expected: [[atDefault, "MV030", "Array"]],
    },
    {
        it: "refuses NULL as a default",
        args: withDefault("Int8", null, { nullable: true }),
        expected: [[atDefault, "MV031", "nullable"]],
    },
    {
        it: "refuses NULL where the field is not nullable",
        args: withBackfill("Int8", null),
        expected: [[atBackfill, "MV031", "nullable"]],
    },
    {
        it: "refuses text for a Bool",
        args: withDefault("Bool", "true"),
        expected: [[atDefault, "MV031", "true or false"]],
    },
    {
        it: "refuses text for an Int32",
        args: withDefault("Int32", "5"),
        expected: [[atDefault, "MV031", "a whole number"]],
    },
    {
        it: "refuses a fraction for an Int64",
        args: withDefault("Int64", 1.5),
        expected: [[atDefault, "MV031", "string of digits"]],
    },
    {
        it: "refuses text without digits for an Int64",
        args: withDefault("Int64", "many"),
        expected: [[atDefault, "MV031", "string of digits"]],
    },
    {
        it: "refuses 128 for an Int8",
        args: withDefault("Int8", 128),
        expected: [[atDefault, "MV032", "-128 to 127"]],
    },
    {
        it: "refuses -32,769 for an Int16",
        args: withDefault("Int16", -32_769),
        expected: [[atDefault, "MV032", "-32768 to 32767"]],
    },
    {
        it: "refuses 2^31 for an Int32",
        args: withBackfill("Int32", 2 ** 31),
        expected: [[atBackfill, "MV032", "2147483647"]],
    },
    {
        it: "refuses 2^63 for an Int64",
        args: withBackfill("Int64", "9223372036854775808"),
        expected: [[atBackfill, "MV032", "9223372036854775807"]],
    },
    {
        it: "refuses a number that may be rounded",
        args: withBackfill("Int64", 2 ** 53),
        expected: [[atBackfill, "MV033", "string of digits"]],
    },
    {
        it: "refuses 1e39 for a Float",
        args: withDefault("Float", 1e39),
        expected: [[atDefault, "MV032", "Double"]],
    },
    {
        it: "refuses text for a Double",
        args: withDefault("Double", "1"),
        expected: [[atDefault, "MV031", "a number"]],
    },
    {
        it: "refuses a number for a VarChar",
        args: withDefault("VarChar", 1),
        expected: [[atDefault, "MV031", "text"]],
    },
    {
        it: "counts a VarChar in bytes",
        args: withDefault("VarChar", "äöü", { maxLength: 5 }),
        expected: [[atDefault, "MV034", "6 bytes"]],
    },
    {
        it: "refuses a number for a Geometry",
        args: withBackfill("Geometry", 1),
        expected: [[atBackfill, "MV031", "POINT"]],
    },
    {
        it: "refuses text that is not a time",
        args: withBackfill("Timestamptz", "yesterday"),
        expected: [[atBackfill, "MV031", "2025"]],
    },
    {
        it: "refuses a vector of another length",
        args: withBackfill("FloatVector", [1, 2], { dim: 3 }),
        expected: [[atBackfill, "MV035", "has 2 elements but needs 3"]],
    },
    {
        it: "refuses text in a vector",
        args: withBackfill("FloatVector", [1, "2"], { dim: 2 }),
        expected: [[atBackfill, "MV031", "a list of numbers"]],
    },
    {
        it: "refuses 200 in an Int8Vector",
        args: withBackfill("Int8Vector", [1, 200], { dim: 2 }),
        expected: [[atBackfill, "MV031", "-128 to 127"]],
    },
    {
        it: "counts a BinaryVector in bytes",
        args: withBackfill("BinaryVector", [1, 2, 3], { dim: 16 }),
        expected: [[atBackfill, "MV035", "needs 2"]],
    },
    {
        it: "refuses a list for a sparse vector",
        args: withBackfill("SparseFloatVector", [1, 2]),
        expected: [[atBackfill, "MV031", "positions"]],
    },
    {
        it: "refuses names in a sparse vector",
        args: withBackfill("SparseFloatVector", { a: 1 }),
        expected: [[atBackfill, "MV031", "positions"]],
    },
    {
        it: "refuses text for an Array",
        args: array("Int8", "1,2"),
        expected: [[atBackfill, "MV031", "a list"]],
    },
    {
        it: "refuses more elements than an Array holds",
        args: array("Int8", [1, 2, 3]),
        expected: [[atBackfill, "MV034", "maxCapacity is 2"]],
    },
    {
        it: "names the element that does not fit",
        args: array("Int8", [1, 300]),
        expected: [[`${atBackfill}[1]`, "MV032", "127"]],
    },
    {
        it: "names the text that is too long",
        args: array("VarChar", ["a", "long"], { maxLength: 2 }),
        expected: [[`${atBackfill}[1]`, "MV034", "4 bytes"]],
    },
    {
        it: "names the value in a Struct that does not fit",
        args: array("Struct", [{ x: 1 }, { x: "y" }], { fields: [{ name: "x", dataType: "Int8" }] }),
        expected: [[`${atBackfill}[1].x`, "MV031", "whole number"]],
    },
    {
        it: "requires every value of a Struct",
        args: array("Struct", [{}], { fields: [{ name: "x", dataType: "Int8" }] }),
        expected: [[`${atBackfill}[0].x`, "MV031", "missing"]],
    },
    {
        it: "refuses a key that the Struct does not have",
        args: array("Struct", [{ x: 1, y: 2 }], { fields: [{ name: "x", dataType: "Int8" }] }),
        expected: [[`${atBackfill}[0]`, "MV031", "with the fields x"]],
    },
];
