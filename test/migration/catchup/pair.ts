import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { dropCollection } from "../../../provider/milvus/collection/collections";
import { capabilities } from "../../../provider/observe/capabilities";
import type { Capabilities } from "../../../provider/observe/state";
import { strong } from "../../../provider/milvus/rows/readPoint";
import { compileColumns, type Key } from "../../../provider/wire";
import type { ColumnMapping, RowMapping } from "../../../provider/plan/mapping/mapping";
import { Field } from "../../../provider/inputs/schema/field";
import { wireColumns } from "../../../provider/migration/read/wireColumns";
import type { ComparePair } from "../../../provider/migration/verify/mergeJoin";
import type { Endpoint } from "../../../provider/migration/read/endpoint";
import { RowWriter } from "../../../provider/migration/catchup/rowWriter";
import { type KeyType } from "./pairKeys";
import { carriedOf, type Made, textOf } from "./pairRows";
import { create, insert, open, ref, serve } from "../../fake/open";
import type { FieldArguments } from "../../support/data/field";
import type { FakeMilvus, FakeOptions } from "../../support/fake";

export { boundsOf, cuts, type KeyType, keysOf, rangeOf, sorted, within } from "./pairKeys";

/** The version of each key's row; all values of a row depend on it. */
export type Rows = ReadonlyMap<Key, number>;
export type SideName = "source" | "target";

const names = { source: { id: "id", text: "text" }, target: { id: "key", text: "body" } };

const bytes = 1 << 20;
let pairs = 0;

/** A collection and its copy on a fake server, whose key and one field have another name in the copy. */
export class Pair {
    private constructor(
        readonly client: MilvusClient,
        private readonly capabilities: Capabilities,
        readonly dataType: KeyType,
        private readonly fake: FakeMilvus,
        private readonly number: number,
        /** How the copy's rows differ from those of the source. */
        private readonly made: Made,
    ) {}

    static async open({ fake, client }: Fixture, dataType: KeyType, made: Made = {}): Promise<Pair> {
        const pair = new Pair(client, await capabilities(client), dataType, fake, ++pairs, made);
        for (const side of ["source", "target"] as const) {
            const fields = pair.fields(side);
            await create(client, pair.name(side), { fields });
            await serve(client, pair.name(side), fields);
        }
        return pair;
    }

    get comparePair(): ComparePair {
        const common = {
            client: this.client,
            collectionId: undefined,
            partition: undefined,
            lineBreaks: "letter" as const,
            readPoint: strong,
        };
        const side = (name: SideName) => ({
            ...common,
            ref: ref(this.name(name)),
            key: names[name].id,
            fields: this.fields(name).map((field) => field.name),
        });
        return {
            source: side("source"),
            target: side("target"),
            map: compileColumns(wireColumns(this.mapping)),
            key: names.target.id,
            batchBytes: bytes,
        };
    }

    /** How a row of the source becomes one of the copy. */
    get mapping(): RowMapping {
        const from = this.fields("source").map((field) => Field.parse(field));
        const { computed, rekeyed } = this.made;
        const columns = this.fields("target").map((field, at): ColumnMapping => {
            const to = Field.parse(field);
            if (rekeyed && to.isPrimaryKey) return { to, source: { kind: "omit" } };
            if (computed && to.name === "vector") return { to, source: { kind: "transform" } };
            return { to, source: { kind: "carry", from: { ...from[at]!, isFunctionOutput: false } } };
        });
        const key = {
            from: names.source.id,
            to: names.target.id,
            dataType: this.dataType,
            regenerate: rekeyed ?? false,
        };
        return {
            columns,
            dropped: [],
            dynamic: "none",
            key,
            ...(computed && {
                transform: { module: computed, batchRows: 3, concurrency: 2, retries: 0, fields: ["vector"] },
            }),
        };
    }

    endpoint(side: SideName): Endpoint {
        const { client, capabilities: able } = this;
        return { client, capabilities: able, ref: ref(this.name(side)) };
    }

    get writer(): RowWriter {
        return new RowWriter(this.endpoint("target"), {
            key: names.target.id,
            autoId: this.made.rekeyed ?? false,
            batchBytes: bytes,
            lineBreaks: "letter",
        });
    }

    /** Inserts rows; existing rows with the same key stay as older versions. */
    async insert(side: SideName, rows: Rows, partition?: string): Promise<void> {
        if (rows.size === 0) return;
        const versions = [...rows.values()];
        const { id, text } = names[side];
        await insert(
            this.client,
            this.name(side),
            { fields: this.fields(side), ...(partition !== undefined && { partition }) },
            {
                ...(side === "target" && this.made.rekeyed ? {} : { [id]: [...rows.keys()].map(String) }),
                version: versions.map((version) => String(carriedOf(version))),
                [text]: versions.map((version) => textOf(carriedOf(version))),
                vector: versions.map((version) => [version, -version]),
            },
        );
    }

    /** Makes a side hold exactly these rows, as clients would. */
    async become(side: SideName, rows: Rows): Promise<void> {
        const now = this.rows(side);
        this.delete(
            side,
            [...now].flatMap(([key, version]) => (rows.get(key) === version ? [] : [key])),
        );
        await this.insert(side, new Map([...rows].filter(([key, version]) => now.get(key) !== version)));
    }

    /** The second component of the vector of each row of the copy, by version. */
    nonces(): ReadonlyMap<number, number> {
        const { rows, cell } = this.stored("target");
        return new Map(rows.map((row) => cell(row, "vector") as [number, number]));
    }

    /** The row count, including every version of a key. */
    count(side: SideName): number {
        return this.stored(side).rows.length;
    }

    /** The rows that a query would return, read without one. */
    rows(side: SideName): Rows {
        const { rows, cell } = this.stored(side);
        return new Map(
            rows.map((row) => {
                const [version] = cell(row, "vector") as number[] as [number];
                const carried = Number(cell(row, "version"));
                if (carried !== carriedOf(version) || cell(row, names[side].text) !== textOf(carried))
                    throw new Error(`a row of ${side} mixes two versions`);
                return [this.keyOf(cell(row, names[side].id) as string), version];
            }),
        );
    }

    async close(): Promise<void> {
        for (const side of ["source", "target"] as const)
            await dropCollection(this.client, ref(this.name(side)));
    }

    private delete(side: SideName, keys: readonly Key[]): void {
        const { rows, cell } = this.stored(side);
        const gone = new Set(keys);
        for (const row of rows)
            if (gone.has(this.keyOf(cell(row, names[side].id) as string))) row.deleted = 1n;
    }

    private stored(side: SideName) {
        const { rows, schema } = this.fake.collections().find(({ name }) => name === this.name(side))!;
        const ids = new Map(schema.fields.map(({ name, fieldID }) => [name, fieldID]));
        return {
            rows: rows.filter(({ deleted }) => !deleted),
            cell: (row: (typeof rows)[number], field: string) => row.cells.get(ids.get(field)!),
        };
    }

    private keyOf(text: string): Key {
        return this.dataType === "Int64" ? BigInt(text) : text;
    }

    private name(side: SideName): string {
        return `${side}_${this.number}`;
    }

    private fields(side: SideName): FieldArguments[] {
        const { id, text } = names[side];
        const key = this.dataType === "Int64" ? {} : { maxLength: 256 };
        const autoId = side === "target" && this.made.rekeyed === true;
        return [
            { name: id, dataType: this.dataType, isPrimaryKey: true, autoId, ...key },
            { name: "vector", dataType: "FloatVector", dim: 2 },
            { name: "version", dataType: "Int64" },
            { name: text, dataType: "VarChar", maxLength: 64, nullable: true },
        ];
    }
}

/** A fake server whose page sizes are `cuts`, repeated in order. */
export interface Fixture {
    fake: FakeMilvus;
    client: MilvusClient;
    cut(cuts: readonly number[]): void;
}

export async function openFixture(options: Pick<FakeOptions, "limits"> = {}): Promise<Fixture> {
    let cuts: readonly number[] = [];
    let page = 0;
    const opened = await open("2.6.18", {
        pending: 0,
        ...options,
        pageRows: () => (cuts.length === 0 ? Infinity : cuts[page++ % cuts.length]!),
    });
    return { ...opened, cut: (given) => void (cuts = given) };
}
