import { mock } from "node:test";

import { status } from "@grpc/grpc-js";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import { renameCollection } from "../../../provider/milvus/collection/collections";
import { createIndex, waitForIndexes } from "../../../provider/milvus/collection/indexes";
import { sendInsert } from "../../../provider/milvus/rows/inserts";
import { releaseCollection } from "../../../provider/milvus/collection/loading";
import { dropPartition } from "../../../provider/milvus/collection/partitions";
import { poll } from "../../../provider/milvus/transport/poll";
import { countRows } from "../../../provider/milvus/rows/rows";
import { rpc } from "../../../provider/milvus/transport/protocol";
import type { FieldArguments } from "../../support/data/field";
import { toFieldData } from "../../support/data/fieldData";
import { Random } from "../../support/data/random";
import { randomValue } from "../../support/data/values";
import { type FakeMilvus, startFake } from "../../support/fake";
import type { Rpc } from "../../support/fake/handlers";
import type { Failure } from "../../support/fake/service";
import type { LocalServerName } from "../../support/servers/server";
import { deploy, type Place } from "./place";

/** How an error of the server comes about: on a collection of a real server, or on the fake one. */
export type ServerError =
    { on: LocalServerName; call: (place: Place) => Promise<unknown> } | { fake: () => Promise<unknown> };

const fields: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 4 },
    { name: "text", dataType: "VarChar", maxLength: 64 },
];
export const collection = { fields };

const index = { name: "text", field: "text", params: {} };

/** Codes that stories elsewhere provoke: nothing answers, or in another way. */
export const elsewhere = {
    MV201: "test/e2e/connection.test.ts",
    MV202: "test/e2e/connection.test.ts",
    MV203: "test/e2e/connection.test.ts",
    MV205: "test/e2e/connection.test.ts",
    MV222: "test/milvus/transport/tls.test.ts",
};

export const provoked: Record<string, ServerError> = {
    // No server here has users with fewer rights.
    MV204: { fake: () => failing("DescribeCollection", { grpc: status.PERMISSION_DENIED, details: "no" }) },
    MV206: { fake: () => failing("DescribeCollection", { grpc: status.UNAVAILABLE, details: "reset" }) },
    MV210: {
        on: "milvus-2.3.5",
        call: ({ client, ref }) => client.call("LoadCollection", { collection_name: `${ref.name}_none` }),
    },
    MV211: {
        on: "milvus-lite-3.2.2",
        call: ({ client, ref }) => createAlias(client, { database: undefined, alias: ref.name }, ref.name),
    },
    MV212: {
        on: "milvus-lite-2.5.1",
        call: ({ client, ref }) => renameCollection(client, ref, `${ref.name}_2`),
    },
    MV213: {
        on: "milvus-2.3.5",
        call: ({ client, ref }) => createIndex(client, ref, { ...index, indexType: "INVERTED" }),
    },
    // No server here limits its rate, and none can be made to.
    MV214: { fake: () => failing("DescribeCollection", { code: 8, reason: "rate limit exceeded" }) },
    MV215: {
        on: "milvus-2.3.5",
        call: ({ client, ref }) =>
            client.call("DescribeCollection", { collection_name: ref.name, db_name: "x".repeat(70 << 20) }),
    },
    MV216: {
        on: "milvus-2.3.5",
        call: async ({ client, ref }) => {
            await releaseCollection(client, ref);
            await countRows(client, ref);
        },
    },
    MV220: {
        on: "milvus-2.3.5",
        call: ({ client, ref }) => dropPartition(client, ref, "_default"),
    },
    // An answer of no bytes, which holds no status.
    MV221: {
        fake: () =>
            onFake(async ({ client, ref }) => {
                client.send = () => Promise.resolve(Buffer.alloc(0));
                await client.call("DescribeCollection", { collection_name: ref.name }).finally(() => {
                    delete (client as Partial<typeof client>).send;
                });
            }),
    },
    MV223: {
        fake: () => {
            mock.timers.enable({ apis: ["Date"] });
            const ask = () => {
                mock.timers.setTime(Date.now() + 11 * 60_000);
                return Promise.resolve({ finished: false, mark: 1 });
            };
            return poll("the indexes of docs", ask).finally(() => mock.timers.reset());
        },
    },
    // No server here fails to build an index that it has accepted.
    MV224: {
        fake: () =>
            onFake(async ({ client, ref }) => {
                const failed = { field_name: "vector", state: "Failed", params: [] };
                client.call = () => Promise.resolve({ index_descriptions: [failed] });
                await waitForIndexes(client, ref, () => undefined).finally(() => {
                    delete (client as Partial<typeof client>).call;
                });
            }),
    },
    // A batch whose row count is one too high.
    MV225: {
        on: "milvus-lite-3.2.2",
        call: ({ client, ref }) => {
            const columns = fields.map((field) => toFieldData(field, [randomValue(field, new Random(1))]));
            const request = { collection_name: ref.name, num_rows: 1, fields_data: columns };
            return sendInsert(client, ref.name, rpc("Insert").encode(request), 2);
        },
    },
    MV226: { fake: () => Promise.resolve().then(() => rpc("DescribeColection")) },
};

async function onFake(call: (place: Place, fake: FakeMilvus) => Promise<unknown>): Promise<void> {
    const fake = await startFake({ version: "2.6.18" });
    try {
        const place = await deploy(fake.address, collection);
        await call(place, fake).finally(() => place.close());
    } finally {
        fake.stop();
    }
}

function failing(rpc: Rpc, failure: Failure): Promise<void> {
    return onFake(async ({ client, ref }, fake) => {
        fake.failNext(rpc, failure);
        await client.call(rpc, { collection_name: ref.name });
    });
}
