import { expect } from "chai";

import type { FieldArguments } from "../../support/data/field";
import { toCells, toFieldData } from "../../support/data/fieldData";
import { readRows } from "../../support/data/reader";
import type { Site } from "../../support/data/site";
import type { Value } from "../../support/data/values";
import type { CollectionArgs, MigrationArgs } from "../../../sdk/args";

/** The values of a row, whatever its fields are called at the moment. */
type Row = Partial<Record<"vector" | "text" | "page" | "notes" | "lang" | "rank", Value>>;

const common = (maxLength: number): FieldArguments[] => [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 4 },
    { name: "text", dataType: "VarChar", maxLength },
];
const page = (name: string, previousName?: string): FieldArguments => ({
    name,
    dataType: "Int32",
    ...(previousName !== undefined && { previousName }),
});
const notes: FieldArguments = { name: "notes", dataType: "VarChar", maxLength: 32 };
const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" };
const rank: FieldArguments = { name: "rank", dataType: "Int64", backfill: 7 };

/** Three changes: one field is renamed each time, others come and go. */
export const schemas = {
    v1: [...common(64), page("page_num"), notes],
    v2: [...common(64), page("page", "page_num"), lang],
    v3: [...common(128), page("sheet", "page"), lang],
    v4: [...common(128), page("leaf", "sheet"), rank],
} satisfies Record<string, FieldArguments[]>;
export type Schema = keyof typeof schemas;

const meaningOf = (name: string) =>
    (["page_num", "page", "sheet", "leaf"].includes(name) ? "page" : name) as keyof Row;

/** A stack with one collection behind an alias, or with a name, and what its rows have to be. */
export class Model {
    private rows = new Map<number, Row>();
    /** What each schema had when it was replaced. */
    private readonly left = new Map<Schema, Map<number, Row>>();
    schema: Schema = "v1";

    constructor(
        readonly site: Site,
        private readonly isNamed: boolean,
    ) {}

    /** The name that clients use. */
    get door(): string {
        return `${this.site.prefix}${this.isNamed ? "docs" : "live"}`;
    }

    program(schema: Schema, migration: MigrationArgs = {}, more: Partial<CollectionArgs> = {}) {
        const name = `${this.site.prefix}docs`;
        const declared = { fields: schemas[schema], ...more, migration: { grace: 0, ...migration } };
        return this.isNamed
            ? { collections: { docs: { ...declared, name } } }
            : { collections: { [name]: declared }, aliases: { live: { name: this.door, of: name } } };
    }

    /** The collection that serves. */
    async serving(): Promise<string> {
        return this.isNamed ? this.door : (await this.site.aliasTarget(this.door))!;
    }

    /** Rows that were there keep what the new schema has, new fields have their backfill. */
    forth(schema: Schema): void {
        this.leave();
        const fields: readonly FieldArguments[] = schemas[schema];
        for (const [key, row] of this.rows) this.rows.set(key, this.fitted(row, fields));
        this.schema = schema;
    }

    /** The same, but for what only the retained collection has: its own values are back. */
    back(schema: Schema): void {
        this.leave();
        const before = this.left.get(schema)!;
        const fields: readonly FieldArguments[] = schemas[schema];
        const shared = new Set(schemas[this.schema].map(({ name }) => meaningOf(name)));
        for (const [key, row] of this.rows) {
            const own = before.get(key);
            const kept =
                own && Object.fromEntries(Object.entries(own).filter(([name]) => !shared.has(name as never)));
            this.rows.set(key, this.fitted({ ...row, ...kept }, fields));
        }
        this.schema = schema;
    }

    /** Inserts, updates and deletes: keys from `first` on. */
    async write(first: number, version: number): Promise<void> {
        await this.put("Insert", first, first + 60, version);
        await this.put("Upsert", first - 40, first - 10, version);
        const gone = [first - 5, first + 1, first + 2];
        await this.site.client.call("Delete", {
            collection_name: this.door,
            expr: `id in [${gone.join(", ")}]`,
        });
        for (const key of gone) this.rows.delete(key);
    }

    async put(call: "Insert" | "Upsert", from: number, to: number, version: number): Promise<void> {
        const keys = Array.from({ length: to - from }, (_, at) => from + at);
        const all = keys.map((key): [number, Row] => [key, rowOf(key, version)]);
        const fields: readonly FieldArguments[] = schemas[this.schema];
        const columns = fields.map((field) =>
            toFieldData(
                field,
                all.map(([key, row]) => valueOf(field, key, row)),
            ),
        );
        const request = { collection_name: this.door, fields_data: columns, num_rows: all.length };
        await this.site.client.call(call, request, { seconds: 60 });
        for (const [key, row] of all) this.rows.set(key, this.fitted(row, fields));
    }

    /** Every value of every row is what clients wrote, bit for bit. */
    async check(): Promise<void> {
        const fields = schemas[this.schema];
        const { client } = this.site;
        const read = await readRows({ client, collection: this.door, fields });
        expect(read.keys.length).to.equal(this.rows.size);
        for (const field of fields) {
            const values = read.keys.map((key) =>
                valueOf(field, Number(key), this.rows.get(Number(key)) ?? {}),
            );
            expect(values, `${field.name}: rows that should be gone`).to.not.include(undefined);
            const plain = { ...field, nullable: false };
            expect(read.column(field.name), field.name).to.deep.equal(toCells(toFieldData(plain, values)));
        }
    }

    private leave(): void {
        this.left.set(this.schema, new Map(this.rows));
    }

    private fitted(row: Row, fields: readonly FieldArguments[]): Row {
        return Object.fromEntries(
            fields
                .filter(({ isPrimaryKey }) => !isPrimaryKey)
                .map((field) => {
                    const name = meaningOf(field.name);
                    return [name, row[name] ?? (field.backfill as Value | undefined) ?? ""];
                }),
        );
    }
}

const rowOf = (key: number, version: number): Row => ({
    vector: [key, version, key / 3, -version / 7],
    text: `text ${key} in version ${version}`,
    page: key * 10 + version,
    notes: `notes ${key}`,
    lang: `l${version}`,
    rank: String(version),
});

const valueOf = ({ name, isPrimaryKey }: FieldArguments, key: number, row: Row): Value =>
    isPrimaryKey ? String(key) : row[meaningOf(name)]!;
