import type { MilvusClient } from "../../../provider/milvus/transport/client";
import type { FieldArguments } from "../../support/data/field";
import type { Value } from "../../support/data/values";
import type { FakeMilvus, FakeOptions } from "../../support/fake";
import { insert, open, smallest } from "../../fake/open";
import { type Deployed, deploy } from "./steps";

export const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 64 };
export const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
export const tags: FieldArguments = {
    name: "tags",
    dataType: "Array",
    elementType: "Int64",
    maxCapacity: 4,
    nullable: true,
};
export const inPlace = { migration: { backfill: "in-place", writes: "paused" } };
export const collectionWith = (...fields: FieldArguments[]) => ({ fields: [...smallest, text, ...fields] });
export const before = collectionWith();
export const after = { ...collectionWith({ ...lang, backfill: "en" }), ...inPlace };

export const ids = Array.from({ length: 9 }, (_, at) => String(at * 5 - 7));
export const texts = ids.map((id) => `text ${id}`);

interface Stage {
    fake: FakeMilvus;
    client: MilvusClient;
    deployed: Deployed;
    name: string;
}

export async function staged(
    args: object,
    options: Omit<FakeOptions, "version"> & { version?: string } = {},
) {
    const { version = "2.6.18", ...rest } = options;
    const { fake, client } = await open(version, { pending: 0, ...rest });
    const deployed = await deploy(fake.address, args);
    return { fake, client, deployed, name: deployed.state.collectionName as string };
}

export const give = (
    { client, name }: Stage,
    fields: FieldArguments[],
    values: Record<string, Value[]>,
    partition?: string,
) => insert(client, name, { fields, ...(partition !== undefined && { partition }) }, values);

type StoredRow = Record<string, unknown>;

/** Every row that can be read, with its values as they are stored. */
export function rowsOf({ fake }: Pick<Stage, "fake">): StoredRow[] {
    const [collection] = fake.collections();
    const names = new Map(collection!.schema.fields.map(({ fieldID, name }) => [fieldID, name]));
    return collection!.rows
        .filter(({ deleted }) => deleted === undefined)
        .map(({ cells, partition }): StoredRow => ({
            partition,
            ...Object.fromEntries([...cells].map(([id, cell]) => [names.get(id)!, cell])),
        }))
        .sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

const placeOf = ({ partition, id }: StoredRow) => `${String(partition)} ${String(id)}`;
