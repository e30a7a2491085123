import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { addField } from "../../../provider/milvus/collection/alterSchema";
import { describeCollection } from "../../../provider/milvus/collection/collections";
import { capabilities } from "../../../provider/observe/capabilities";
import { property } from "../../../provider/observe/properties";
import { Field } from "../../../provider/inputs/schema/field";
import { backfillRows } from "../../../provider/migration/lifecycle/backfillRows";
import { readBackfill, planOf } from "../../../provider/migration/properties/backfillRecord";
import type { FieldArguments } from "../../support/data/field";
import type { Value } from "../../support/data/values";
import type { FakeOptions } from "../../support/fake";
import { both, create, insert, open, ref, serve } from "../../fake/open";

const docs = ref("docs");
const lang = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true } satisfies FieldArguments;
const filled = Field.parse({ ...lang, backfill: "en" });
const ids = Array.from({ length: 9 }, (_, at) => String(at));

async function staged(options: Omit<FakeOptions, "version"> = {}) {
    const { fake, client } = await open("2.6.18", { pending: 0, ...options });
    await create(client, "docs");
    await serve(client, "docs");
    await insert(client, "docs", { fields: both([]) }, { id: ids });
    await addField(client, docs, filled);
    return { fake, client };
}

async function run(client: MilvusClient, said: string[] = [], everyMs?: number): Promise<string> {
    const endpoint = { client, ref: docs, capabilities: await capabilities(client) };
    const report = { say: (line: string) => void said.push(line), progress: () => undefined };
    return backfillRows(endpoint, [filled], report, everyMs === undefined ? {} : { everyMs }).then(
        () => "filled",
        (error: unknown) => (error as Error).message,
    );
}

/** Does something right before a call of this method: the one after `passes` others. */
function before(client: MilvusClient, method: string, passes: number, act: () => Promise<unknown>) {
    const send = client.send.bind(client);
    let left = passes;
    client.send = async (path, ...rest) => {
        if (path.endsWith(`/${method}`) && left-- === 0) await act();
        return send(path, ...rest);
    };
}

const stored = async (client: MilvusClient) =>
    (await describeCollection(client, docs))?.properties[property.backfill];

describe("filling rows in place (fake)", () => {
    it("resumes at the last key that it saved, and writes no row before it again", async () => {
        const { fake, client } = await staged({ pageRows: () => 2 });
        before(client, "Upsert", 2, () => Promise.reject(new Error("killed")));
        expect(await run(client, [], 0)).to.equal("killed");
        const begun = await readBackfill(client, docs, planOf([filled]));
        expect(begun).to.deep.include({ rows: 4 });
        expect(begun?.ranges.map(({ copied }) => copied)).to.deep.equal([3n]);
        fake.calls.length = 0;
        const said: string[] = [];
        expect(await run(client, said)).to.equal("filled");
        expect(said).to.deep.equal(["resuming the backfill of docs: 4 rows are filled"]);
        expect(fake.calls.filter((call) => call === "Upsert")).to.have.length(3);
        expect(await stored(client)).to.equal("");
    });

    it("begins again with another value", async () => {
        const { client } = await staged({ pageRows: () => 2 });
        before(client, "Upsert", 2, () => Promise.reject(new Error("killed")));
        expect(await run(client, [], 0)).to.equal("killed");
        const other = planOf([Field.parse({ ...lang, backfill: "de" })]);
        expect(await readBackfill(client, docs, other)).to.equal(undefined);
    });

    for (const [what, values, text] of [
        [
            "without a value",
            { id: ["100"], lang: [null] },
            "1 row without a value of lang after the backfill, the first has the key 100",
        ],
        [
            "that was not there",
            { id: ["100"], lang: ["fr"] },
            "it holds 10 rows, and 9 were filled with lang",
        ],
    ] satisfies [string, Record<string, Value[]>, string][])
        it(`fails where a client inserts a row ${what} meanwhile, and the next run fills it`, async () => {
            const { fake, client } = await staged();
            // The verification reads at a time of its own.
            before(client, "AllocTimestamp", 1, () =>
                insert(client, "docs", { fields: both([lang]) }, values),
            );
            const message = await run(client);
            expect(message).to.include(text).and.include("[MV371]");
            expect(await run(client)).to.equal("filled");
            const [collection] = fake.collections();
            const there = collection!.rows.filter(({ deleted }) => deleted === undefined);
            expect(there.length).to.equal(10);
            const id = collection!.schema.fields.find(({ name }) => name === "lang")!.fieldID;
            expect(there.map(({ cells }) => cells.get(id)))
                .to.not.include(null)
                .and.not.include(undefined);
        });

    it("does not bring back a row that a client deletes meanwhile", async () => {
        const { fake, client } = await staged();
        before(client, "Upsert", 0, () =>
            client.call("Delete", { collection_name: "docs", expr: "id in [3]" }),
        );
        expect(await run(client)).to.include("has no corresponding fieldData pass in");
        expect(await run(client)).to.equal("filled");
        const there = fake.collections()[0]!.rows.filter(({ deleted }) => deleted === undefined);
        expect(there.length).to.equal(8);
    });
});
