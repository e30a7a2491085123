import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { flush } from "../../provider/milvus/rows/rows";
import { onStacks } from "../support/data/onStacks";
import { expectOk, type Site } from "../support/data/site";
import { within } from "../support/engine/within";
import {
    compareMade,
    embedded,
    embedModule,
    keyless,
    nothingWrong,
    otherForm,
} from "../support/traffic/made";
import { fieldsData, rowsRequest } from "../support/traffic/rows";
import { type Oracle, startWriter } from "../support/traffic/writer";

const rows = Number(process.env["PULUMI_MILVUS_ONLINE_ROWS"] ?? 5_000);
const seed = Number(process.env["PULUMI_MILVUS_ONLINE_SEED"] ?? 1);
/** Operations a second; milvus-lite cannot refuse writes for the switch: see test/e2e/online.test.ts. */
const rateOn = (server: string) =>
    Number(process.env["PULUMI_MILVUS_ONLINE_RATE"] ?? (server.startsWith("milvus-lite") ? 20 : 200));

const cases = {
    "a transform computes rows": {
        args: embedded,
        migration: { transform: { module: "./embed.js", batchRows: 100 } },
        forms: [fieldsData, otherForm],
        upserts: true,
    },
    "every row gets a new key": {
        args: keyless,
        migration: { primaryKeys: "regenerate" as const },
        forms: [(some: Parameters<typeof fieldsData>[0]) => fieldsData(some)],
        upserts: false,
    },
};

onStacks(
    "clients write through the alias while",
    {
        needs: ["aliases"],
        servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
        fast: ["milvus-lite-3.2.2"],
        fastTests: 1,
    },
    (open) => {
        for (const [title, { args, migration, forms, upserts }] of Object.entries(cases))
            it(`${title}: loses, doubles, resurrects and misses no row`, async function () {
                this.timeout(10 * 60_000);
                const site = await open();
                const { client, prefix } = site;
                const name = `${prefix}docs`;
                const alias = `${prefix}live`;
                const aliases = { live: { name: alias, of: name } };
                await writeFile(join(site.dir, "embed.js"), embedModule);
                await site.deploy({ collections: { [name]: args(false) }, aliases });
                const [old] = await site.collections();
                const oracle = await fill(site, old!);

                const changed = { ...args(true), migration: { grace: 1, maxWritePause: 120, ...migration } };
                await site.declare({ collections: { [name]: changed }, aliases });
                const rate = rateOn(site.server.name);
                const writer = startWriter({ client, alias, oracle, seed, rate, forms, upserts });
                const up = await within(8, site.stack.up()).catch((error: unknown) => error as Error);
                const written = await writer.stop().catch((error: unknown) => error as Error);
                if (up instanceof Error) throw up;
                expectOk(up);
                if (written instanceof Error) throw written;
                expect(up.output).to.not.include("MV148");

                const [target, ...others] = await site.collections();
                expect(others, "what is left beside the new collection").to.deep.equal([]);
                expect(target).to.not.equal(old);
                for (const kind of ["inserted", "changed", "deleted"] as const)
                    expect(written[kind], kind).to.be.greaterThan(0);
                const { wrong, by } = await compareMade(client, target!, args(true), oracle);
                expect(wrong, up.output).to.deep.equal(nothingWrong);
                if (args === embedded) await expectAskedOnce(site, oracle, by);
            });
    },
);

async function fill({ client }: Site, collection: string): Promise<Oracle> {
    const all = Array.from({ length: rows }, (_, key) => ({ key: BigInt(key), version: 1 }));
    for (let from = 0; from < rows; from += 10_000)
        await client.call("Insert", rowsRequest(collection, all.slice(from, from + 10_000)), { seconds: 60 });
    await flush(client, { database: undefined, name: collection });
    return new Map(all.map(({ key, version }) => [key, version]));
}

/** The transform was asked once for every row that nobody wrote, and its answer stands in the row. */
async function expectAskedOnce(
    { dir }: Site,
    oracle: Oracle,
    by: ReadonlyMap<string, number>,
): Promise<void> {
    const answers = new Map<string, Map<string, number[]>>();
    for (const line of (await readFile(join(dir, "asked"), "utf8")).trim().split("\n")) {
        const [id, version, answer] = line.split(" ") as [string, string, string];
        const ofRow = answers.get(id) ?? new Map<string, number[]>();
        answers.set(id, ofRow.set(version, [...(ofRow.get(version) ?? []), Number(answer)]));
    }
    for (const [key, version] of oracle) {
        const [id, now] = [String(key), by.get(String(key))!];
        // A client that uses the other model wrote the row.
        if (now === 0) continue;
        const asked = answers.get(id)?.get(String(version)) ?? [];
        if (version === 1 && key < rows) expect(asked, `answers for the row ${id}`).to.deep.equal([now]);
        else expect(asked, `answers for the row ${id} of version ${version}`).to.include(now);
    }
}
