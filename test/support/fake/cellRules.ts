import type { Cell } from "./catalog";
import { parameter, scalarOf } from "./dataTypes";
import type { FieldSchema } from "./messages";
import { demand } from "./refusal";

/** The proxy's checks of each value. Source: internal/proxy/validate_util.go, 2.4 to 3.0. */
export function checkCell(field: FieldSchema, cell: Cell, row: number): void {
    const { data_type: type, name } = field;
    if (type in bits) checkInteger(field, cell as number);
    else if (type === "Float" || type === "Double") checkNumber(name, cell as number);
    else if (type === "FloatVector") for (const one of cell as number[]) checkNumber(name, one);
    else if (type === "Float16Vector" || type === "BFloat16Vector") checkHalves(field, cell as Buffer);
    else if (type === "SparseFloatVector") checkSparse(name, cell as Buffer);
    else if (type === "VarChar") checkLength(field, cell as string, row);
    else if (type === "JSON") checkJson(field, cell as Buffer);
    else if (type === "Array") checkArray(field, cell as Record<string, { data: unknown[] }>, row);
}

const bits: Record<string, number> = { Int8: 8, Int16: 16, Int32: 32 };

function checkInteger({ data_type: type, name }: FieldSchema, value: number): void {
    const limit = 2 ** (bits[type]! - 1);
    demand(
        value >= -limit && value < limit,
        "invalid",
        `the ${type} value ${value} of field(${name}) is out of range`,
    );
}

function checkNumber(name: string, value: number): void {
    demand(
        Number.isFinite(value),
        "invalid",
        `value '${value}' of field(${name}) is not a number or infinity`,
    );
}

/** The exponent of a number that is infinite or NaN has all its bits. Source: VerifyFloats16 and VerifyBFloats16. */
function checkHalves({ name, data_type: type }: FieldSchema, value: Buffer): void {
    const exponent = type === "Float16Vector" ? 0x7c00 : 0x7f80;
    for (let at = 0; at < value.length; at += 2)
        demand(
            (value.readUInt16LE(at) & exponent) !== exponent,
            "invalid",
            `a component of field(${name}) is not a number or infinity`,
        );
}

/** Source: ValidateSparseFloatRows in pkg/util/typeutil; milvus-lite 3.2.2 has the same rules (schema/sparse.py). */
function checkSparse(name: string, value: Buffer): void {
    demand(value.length % 8 === 0, "invalid", `the length of a sparse vector of field(${name}) is wrong`);
    for (let at = 0, last = -1; at < value.length; at += 8) {
        const index = value.readUInt32LE(at);
        demand(index < 2 ** 32 - 1, "invalid", `invalid index in a sparse vector of field(${name})`);
        demand(index > last, "invalid", `unsorted or same indices in a sparse vector of field(${name})`);
        const weight = value.readFloatLE(at + 4);
        checkNumber(name, weight);
        demand(weight >= 0, "invalid", `negative value in a sparse vector of field(${name})`);
        last = index;
    }
}

/** `max_length` counts bytes. Source: milvus docs, "Milvus Limits". */
function checkLength(field: FieldSchema, value: string, row: number): void {
    const longest = parameter(field, "max_length") ?? Infinity;
    const length = Buffer.byteLength(value);
    demand(
        length <= longest,
        "invalid",
        `length of varchar field ${field.name} exceeds max length, row number: ${row}, length: ${length}, max length: ${longest}`,
    );
}

function checkJson({ name, is_dynamic }: FieldSchema, value: Buffer): void {
    let parsed: unknown;
    try {
        parsed = JSON.parse(value.toString());
    } catch {
        parsed = undefined;
    }
    demand(parsed !== undefined, "invalid", `the JSON of field(${name}) does not parse`);
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    demand(!is_dynamic || isObject, "invalid", `the dynamic field(${name}) is not a JSON object`);
}

/** An element list is required even for an empty array. Source: checkArrayElement in validate_util.go. */
function checkArray(field: FieldSchema, cell: Record<string, { data: unknown[] }>, row: number): void {
    const { member } = scalarOf(field.element_type)!;
    const list = cell[member]?.data;
    demand(
        list !== undefined,
        "invalid",
        `array data of field(${field.name}) has no ${member}, row number: ${row}`,
    );
    const most = parameter(field, "max_capacity") ?? Infinity;
    demand(
        list.length <= most,
        "invalid",
        `the length (${list.length}) of array field(${field.name}) exceeds max capacity (${most})`,
    );
    for (const element of list) checkCell({ ...field, data_type: field.element_type }, element, row);
}
