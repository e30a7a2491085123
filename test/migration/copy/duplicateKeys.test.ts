import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { strong } from "../../../provider/milvus/rows/readPoint";
import { countDuplicateKeys, rejectUnreadableKeys } from "../../../provider/migration/copy/duplicateKeys";
import { failure } from "../../fake/failure";
import { openFixture, Pair } from "../catchup/pair";

/** Counts the duplicates of a source with three keys, one of them twice; `count` may change the server's counts. */
async function countDuplicates(
    count: (expr: string, rows: string) => string = (_, rows) => rows,
): Promise<number> {
    const pair = await Pair.open(await openFixture(), "Int64");
    for (const version of [0, 1]) await pair.insert("source", new Map([[4n, version]]));
    await pair.insert("source", new Map([1n, 9n].map((key) => [key, 0])));
    const { client, ref } = pair.endpoint("source");
    const altered = Object.create(client) as MilvusClient;
    altered.call = async (method, request, options) => {
        const answer = await client.call(method, request, options);
        const [column] = answer.fields_data as [{ scalars: { long_data: { data: string[] } } }];
        const { data } = column.scalars.long_data;
        data[0] = count(request["expr"] as string, data[0]!);
        return answer;
    };
    const keys = { key: pair.mapping.key.from, fields: [], partition: undefined, collectionId: undefined };
    return countDuplicateKeys({ ...keys, client: altered, ref, lineBreaks: "letter", readPoint: strong });
}

describe("countDuplicateKeys", () => {
    it("counts the older versions of a key", async () => {
        expect(await countDuplicates()).to.equal(1);
    });

    it("needs as few counts for many such keys as for one", async () => {
        const fixture = await openFixture();
        const pair = await Pair.open(fixture, "Int64");
        const rows = (from: number, to: number, version: number) =>
            new Map(Array.from({ length: to - from }, (_, key) => [BigInt(from + key), version]));
        await pair.insert("source", rows(0, 1000, 0));
        await pair.insert("source", rows(200, 300, 1));
        for (const version of [1, 2]) await pair.insert("source", new Map([[5000n, version]]));
        const { client, ref } = pair.endpoint("source");
        const from = fixture.fake.calls.length;
        const keys = {
            key: pair.mapping.key.from,
            fields: [],
            partition: undefined,
            collectionId: undefined,
        };
        const source = { ...keys, client, ref, lineBreaks: "letter", readPoint: strong } as const;
        expect(await countDuplicateKeys(source)).to.equal(101);
        const queries = fixture.fake.calls.slice(from).filter((call) => call === "Query");
        // Two pages of keys, their range, their versions, and what follows the last key.
        expect(queries).to.have.length(5);
    });

    it("does not count a row between two keys that no query returns", async () => {
        // A server that counts a row with the key 5 and never returns it: every range that holds 5 counts one more.
        const holds = (expr: string) => {
            const [after] = /> (\d+)/.exec(expr)?.slice(1).map(Number) ?? [-Infinity];
            const [upTo] = /<= (\d+)/.exec(expr)?.slice(1).map(Number) ?? [Infinity];
            return !expr.includes("in [") && after! < 5 && upTo! >= 5;
        };
        expect(await countDuplicates((expr, rows) => String(Number(rows) + (holds(expr) ? 1 : 0)))).to.equal(
            1,
        );
    });
});

describe("a row that is counted and returned by no query", () => {
    const largest = 2n ** 63n - 1n;

    it("is an error beyond the last key that queries return", async () => {
        // Milvus 2.3 does so with the largest key.
        const beyond = (expr: string) => expr.includes("id > 9") && !expr.includes("<=");
        const error = await failure(
            countDuplicates((expr, rows) => String(Number(rows) + (beyond(expr) ? 2 : 0))),
        );
        expect(error).to.have.property("code", "MV317");
        expect(error.message).to.include("2 rows are counted but returned by no query").and.include("id > 9");
    });

    it("is looked for under the largest key while clients write", async () => {
        const reject = async (dataType: "Int64" | "VarChar", counted: number, ...keys: bigint[]) => {
            const pair = await Pair.open(await openFixture(), "Int64");
            await pair.insert("source", new Map(keys.map((key) => [key, 1])));
            const { client, ref } = pair.endpoint("source");
            const altered = Object.create(client) as MilvusClient;
            altered.call = async (method, request, options) => {
                const answer = await client.call(method, request, options);
                const [column] = answer.fields_data as [{ scalars: { long_data: { data: string[] } } }];
                expect(request["expr"]).to.equal(`id > ${largest - 1n}`);
                column.scalars.long_data.data[0] = String(counted);
                return answer;
            };
            const source = { key: "id", fields: [], partition: undefined, collectionId: undefined };
            const reader = { ...source, ref, lineBreaks: "letter", readPoint: strong } as const;
            const error = await failure(
                rejectUnreadableKeys({ ...reader, client: altered }, dataType).then(() => {
                    throw new Error("accepted");
                }),
            );
            return (error as { code?: string }).code ?? error.message;
        };
        expect(await reject("Int64", 1, 1n)).to.equal("MV317");
        expect(await reject("Int64", 0, 1n)).to.equal("accepted");
        // Queries return it.
        expect(await reject("Int64", 1, 1n, largest)).to.equal("accepted");
        expect(await reject("VarChar", 1, 1n)).to.equal("accepted");
    });
});
