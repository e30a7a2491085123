import { type Cell, type Collection, leaves, type Row } from "../catalog";
import { cellOf } from "../reading";
import { scalarOf } from "../dataTypes";
import type { FieldSchema } from "../messages";
import { refuse } from "../refusal";
import { type Expression, type Operator, parse } from "./parse";

type Value = string | number | bigint | boolean | null | Value[] | { [key: string]: Value };

/** Compiles a filter; an empty filter matches all rows. A comparison with NULL is unknown, and unknown does not match. */
export function compileFilter(filter: string, collection: Collection): (row: Row) => boolean {
    if (filter.trim() === "") return () => true;
    const expression = parse(filter);
    const fields = new Map(leaves(collection).map((field) => [field.name, field]));
    return (row) => evaluate(expression, { row, fields }) === true;
}

interface Scope {
    row: Row;
    fields: Map<string, FieldSchema>;
}

function evaluate(expression: Expression, scope: Scope): Value {
    switch (expression.kind) {
        case "literal":
            return expression.value;
        case "list":
            return expression.items.map((item) => evaluate(item, scope));
        case "path":
            return follow(expression.field, expression.keys, scope);
        case "minus":
            return -(evaluate(expression.of, scope) as number);
        case "not": {
            const value = evaluate(expression.of, scope);
            return value === null ? null : value !== true;
        }
        case "exists":
            return evaluate(expression.of, scope) !== null;
        case "is-null":
            return (evaluate(expression.of, scope) === null) !== expression.not;
        case "call":
            return call(expression.name, expression.argument, scope);
        case "binary":
            return binary(expression.operator, expression, scope);
    }
}

function call(name: string, argument: Expression, scope: Scope): Value {
    const value = evaluate(argument, scope);
    if (name === "array_length") return value === null ? null : (value as Value[]).length;
    return refuse("invalid", `the fake server does not know the function ${name} of a filter`);
}

function binary(
    operator: Operator,
    { left, right }: { left: Expression; right: Expression },
    scope: Scope,
): Value {
    const a = evaluate(left, scope);
    if (operator === "and") return a === true ? evaluate(right, scope) : a;
    if (operator === "or") return a === true ? true : evaluate(right, scope);
    const b = evaluate(right, scope);
    return a === null || b === null ? null : operators[operator](a, b);
}

/** `undefined` for two values of different kinds, for which no comparison is true. */
function order(a: Value, b: Value): number | undefined {
    // Milvus compares VarChars by UTF-8 bytes.
    if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
    if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
    const numeric = (value: Value): value is number | bigint =>
        typeof value === "number" || typeof value === "bigint";
    return numeric(a) && numeric(b) ? (a < b ? -1 : a > b ? 1 : 0) : undefined;
}

const operators: Record<Exclude<Operator, "and" | "or">, (a: Value, b: Value) => Value> = {
    "==": (a, b) => order(a, b) === 0,
    "!=": (a, b) => order(a, b) !== 0,
    "<": (a, b) => (order(a, b) ?? 0) < 0,
    "<=": (a, b) => (order(a, b) ?? 1) <= 0,
    ">": (a, b) => (order(a, b) ?? 0) > 0,
    ">=": (a, b) => (order(a, b) ?? -1) >= 0,
    in: (a, b) => (b as Value[]).some((item) => order(a, item) === 0),
    "not in": (a, b) => !(b as Value[]).some((item) => order(a, item) === 0),
    like: (a, b) => pattern(b as string).test(a as string),
    "+": (a, b) => Number(a) + Number(b),
    "-": (a, b) => Number(a) - Number(b),
    "*": (a, b) => Number(a) * Number(b),
    "/": (a, b) => Number(a) / Number(b),
    "%": (a, b) => Number(a) % Number(b),
};

/** `%` matches any text, `_` one character. Source: milvus docs, "Basic Operators". */
function pattern(like: string): RegExp {
    const parts = like.split(/([%_])/).map((part) => {
        if (part === "%") return ".*";
        return part === "_" ? "." : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    });
    return new RegExp(`^${parts.join("")}$`, "su");
}

function follow(name: string, keys: (string | number)[], { row, fields }: Scope): Value {
    const field = fields.get(name);
    const dynamic = fields.get("$meta");
    if (!field && !dynamic) return refuse("invalid", `field ${name} not exist`);
    const start = field ? toValue(field, cellOf(field, row)) : toValue(dynamic!, cellOf(dynamic!, row));
    return (field ? keys : [name, ...keys]).reduce<Value>(
        (value, key) => (value as Record<string | number, Value> | null)?.[key] ?? null,
        start,
    );
}

function toValue(field: FieldSchema, cell: Cell): Value {
    if (cell === null) return null;
    if (field.data_type === "Int64") return BigInt(cell as string);
    if (field.data_type === "JSON") return JSON.parse((cell as Buffer).toString()) as Value;
    if (field.data_type !== "Array") return cell as Value;
    const list = (cell as Record<string, { data: Cell[] }>)[scalarOf(field.element_type)!.member]?.data ?? [];
    return list.map((element) => toValue({ ...field, data_type: field.element_type }, element));
}
