import { z } from "zod";

import type { VectorType } from "../../inputs/schema/dataType";
import { vectorMisfit } from "../../inputs/values/vectorValue";
import { encodeCell, type Key, type WireValue } from "../../wire";
import { RunError } from "../errors";

/** A query as a file or a module gives it: a vector alone, or an object. */
const Vector = z.union([z.array(z.number()), z.record(z.string(), z.number())]);
const GivenQuery = z.strictObject({
    vector: Vector.optional(),
    text: z.string().optional(),
    field: z.string().optional(),
    filter: z.string().optional(),
    topK: z.int().min(1).max(1_000).optional(),
    searchParams: z.record(z.string(), z.json()).optional(),
    about: z.json().optional(),
});

/** A query that both collections answer. */
export interface Query {
    /** Of the new collection. */
    field: string;
    /** A list of numbers, or of bytes for a binary vector; an object of positions, if sparse; text for a function. */
    input: WireValue;
    /** What the old collection is asked; undefined where it is the same. */
    oldInput?: WireValue;
    /** Empty for all rows. */
    filter: string;
    topK: number;
    params: Readonly<Record<string, unknown>>;
    /** The key of the row that was sampled: it finds itself, and does not count. */
    own?: Key;
    /** Whatever the program wants to know of it when it judges. */
    about?: unknown;
}

/** A vector field that queries can be asked of. */
export interface QueriedField {
    field: string;
    dataType: VectorType;
    dim: number | undefined;
    /** Whether it takes text: a function of the schema makes vectors of it. */
    takesText: boolean;
}

export interface Defaults {
    fields: readonly QueriedField[];
    topK: number;
    searchParams: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * The queries that a program gives, checked.
 *
 * @param source as messages name it: `migration.gate.queries: ./queries.jsonl`
 * Errors: `MV432`.
 */
export function queriesFrom(given: readonly unknown[], source: string, defaults: Defaults): Query[] {
    if (given.length === 0) throw misfit(source, "there is no query. Give at least one");
    return given.map((one, at) => queryFrom(one, `${source}, query ${at + 1}`, defaults));
}

function queryFrom(one: unknown, place: string, { fields, topK, searchParams }: Defaults): Query {
    const shaped = GivenQuery.safeParse(Array.isArray(one) ? { vector: one } : one);
    if (!shaped.success) {
        const [issue] = shaped.error.issues;
        const where = issue!.path.length > 0 ? `${issue!.path.join(".")}: ` : "";
        throw misfit(
            place,
            `${where}${issue!.message}. A query is a vector, or an object with vector or text`,
        );
    }
    const { vector, text, field: named, filter = "", about, ...own } = shaped.data;
    if ((vector === undefined) === (text === undefined)) throw misfit(place, "give one of vector and text");
    const fits = fields.filter(({ takesText }) => text === undefined || takesText);
    const field = fields.find((known) =>
        named === undefined ? fits.length === 1 && known === fits[0] : known.field === named,
    );
    const names = fits.map((known) => known.field).join(", ") || "none";
    if (!field)
        throw misfit(
            place,
            named === undefined
                ? `field is missing. Write one of ${names}`
                : `there is no vector field "${named}". Write one of ${names}`,
        );
    if (text !== undefined && !field.takesText)
        throw misfit(
            place,
            `${field.field} takes no text, because no function makes vectors of it. Give a vector`,
        );
    const wrong = vector === undefined ? undefined : vectorMisfit(vector, field, []);
    if (wrong) throw misfit(place, `${field.field}: ${wrong.reason}`);
    return {
        field: field.field,
        input: vector ?? text!,
        filter,
        topK: own.topK ?? topK,
        params: own.searchParams ?? searchParams[field.field] ?? {},
        ...(about !== undefined && { about }),
    };
}

/** What a server is sent for a query. */
export function encodeQuery(
    input: WireValue,
    { dataType, dim }: Pick<QueriedField, "dataType" | "dim">,
): { type: string; value: Uint8Array } {
    if (typeof input === "string") return { type: "VarChar", value: Buffer.from(input, "utf8") };
    return {
        type: dataType,
        value: encodeCell[dataType]!(input, { dataType, ...(dim !== undefined && { dim }) }),
    };
}

function misfit(place: string, reason: string): RunError {
    return new RunError("MV432", `${place}: ${reason.replace(/\.$/, "")}`);
}
