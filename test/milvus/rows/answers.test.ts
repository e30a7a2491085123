import { expect } from "chai";

import { deleteKeys, sendInsert, sendUpsert } from "../../../provider/milvus/rows/inserts";
import { type Learned, nextPage, type PageSource, rowsOfKeys } from "../../../provider/milvus/rows/pages";
import { strong } from "../../../provider/milvus/rows/readPoint";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { columnOf, type Key, keyAt, keysOf, type Page } from "../../../provider/wire";
import type { FieldArguments } from "../../support/data/field";
import { failure } from "../../fake/failure";
import { both, create, insert, open, ref, serve, smallest } from "../../fake/open";
import { requestOf } from "../versioned";

const docs = ref("docs");

function sourceOf(client: MilvusClient, more: Partial<PageSource> = {}): PageSource {
    return {
        client,
        ref: docs,
        collectionId: undefined,
        fields: ["id"],
        key: "id",
        partition: undefined,
        lineBreaks: "letter",
        readPoint: strong,
        ...more,
    };
}

const keysIn = (page: Page): Key[] => {
    if (page.rows === 0) return [];
    const keys = keysOf(columnOf(page, "id"));
    return Array.from({ length: keys.count }, (_, row) => keyAt(keys, row));
};

async function readAll(source: PageSource, limit: number): Promise<Key[]> {
    const all: Key[] = [];
    for (;;) {
        const page = keysIn(await nextPage(source, all.length > 0 ? { after: all.at(-1)! } : {}, limit));
        if (page.length === 0) return all;
        all.push(...page);
    }
}

async function filled(
    version: string,
    options: Parameters<typeof open>[1] = {},
    count = 1000,
    fields: FieldArguments[] = smallest,
) {
    const opened = await open(version, { pending: 0, ...options });
    await create(opened.client, "docs", { fields });
    await serve(opened.client, "docs");
    const id = Array.from({ length: count }, (_, row) => String(2n ** 40n + BigInt(row)));
    if (count > 0) await insert(opened.client, "docs", { fields }, { id });
    return { ...opened, id };
}

describe("an answer that is too large for the server", () => {
    for (const [what, version, options] of [
        ["a result beyond maxOutputSize, number 65535", "2.4.23", { mostBytes: 1000 }],
        ["a result beyond maxOutputSize, number 1100", "2.6.18", { mostBytes: 1000 }],
        ["more rows than maxQueryResultWindow", "2.6.18", { mostRows: 130 }],
    ] as const)
        it(`is asked for again with half the rows: ${what}`, async () => {
            const { client, id } = await filled(version, options);
            expect((await readAll(sourceOf(client, { learned: {} }), 1000)).map(String)).to.deep.equal(id);
        });

    it("is asked for again with half the keys", async () => {
        for (const version of ["2.4.23", "2.6.18"]) {
            const { client, id } = await filled(version, { mostBytes: 1000 }, 200);
            const pages = await rowsOfKeys(sourceOf(client), id.map(BigInt));
            expect(pages.flatMap(keysIn).map(String).sort(), version).to.deep.equal(id);
        }
    });

    it("is asked for once more than needed where the server accepts fewer rows", async () => {
        const { fake, client } = await filled("2.6.18", { mostRows: 130 });
        const learned: Learned = {};
        await readAll(sourceOf(client, { learned }), 1000);
        expect(learned.window).to.equal(125);
        // Three refusals lead to 125 rows; eight pages and the empty one follow.
        expect(fake.calls.filter((call) => call === "Query")).to.have.length(3 + 8 + 1);
    });
});

describe("a server that is not ready for a call", () => {
    const troubles = [103, 106, 109, 110, 401, 503, 905].map((code) => ({ code, reason: "not now" }));
    const retriable = { code: 65535, reason: "not now", retriable: true };

    for (const trouble of [...troubles, retriable])
        it(`gets a read, an upsert and a delete again, and no insert (${trouble.code})`, async () => {
            const { fake, client } = await filled("2.6.18", {}, 2);
            const batch = (key: bigint) => requestOf("docs", smallest, [key], 1);
            const keys = { field: "id", keys: [1n], partition: undefined, lineBreaks: "letter" } as const;
            const calls = {
                Query: () => nextPage(sourceOf(client), {}, 10),
                Upsert: () => sendUpsert(client, "docs", batch(5n), 1),
                Delete: () => deleteKeys(client, docs, keys),
            };
            for (const [rpc, call] of Object.entries(calls)) {
                fake.failNext(rpc as keyof typeof calls, trouble);
                await call();
            }
            fake.failNext("Insert", trouble);
            const error = await failure(sendInsert(client, "docs", batch(6n), 1));
            expect(error).to.include({ kind: "not-ready", code: "MV227" });
        });
});

describe("the pages of a reader", () => {
    /** Reads one row, changes the rest, and reads on. */
    async function readAround(version: string) {
        const { client, id } = await filled(version, { lacks: ["AllocTimestamp"] }, 3);
        const source = sourceOf(client, { learned: {} });
        const [first] = keysIn(await nextPage(source, {}, 1));
        await client.call("Delete", { collection_name: "docs", expr: `id == ${id[1]!}` });
        await insert(client, "docs", { fields: smallest }, { id: [String(2n ** 41n)] });
        const rest = keysIn(await nextPage(source, { after: first! }, 10));
        return [first!, ...rest].map((key) => String(BigInt(key) - 2n ** 40n));
    }

    it("are one snapshot where the server reads snapshots (2.5)", async () => {
        for (const version of ["2.5.0", "2.6.18", "3.0.0"])
            expect(await readAround(version), version).to.deep.equal(["0", "1", "2"]);
    });

    it("see later writes on a server without snapshots", async () => {
        expect(await readAround("2.4.23")).to.deep.equal(["0", "2", String(2n ** 40n)]);
    });

    it("hold the same instant for collections of different time zones", async () => {
        const fields = both([{ name: "at", dataType: "Timestamptz" }]);
        const { client } = await open("2.6.18", { pending: 0 });
        const answered: (string | undefined)[] = [];
        for (const [name, timezone, at] of [
            ["docs", "UTC", "2026-01-02T03:04:05Z"],
            ["other", "Asia/Kolkata", "2026-01-02T08:34:05"],
        ] as const) {
            await create(client, name, { fields, properties: { timezone } });
            await serve(client, name);
            await insert(client, name, { fields }, { id: ["1"], at: [at] });
            const page = await nextPage(sourceOf(client, { ref: ref(name), fields: ["id", "at"] }), {}, 1);
            const text = Buffer.from(columnOf(page, "at").bytes).toString("latin1");
            answered.push(/[-\dT:]{19}(Z|[+-][\d:]+)?/.exec(text)?.[0]);
        }
        expect(answered).to.deep.equal(["2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"]);
    });
});
