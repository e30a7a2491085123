import { expect } from "chai";

import { expectCarried, expectStored } from "../support/data/carried";
import type { FieldArguments } from "../support/data/field";
import { onStacks, type Where } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys, textKeys } from "../support/data/rows";
import type { Site } from "../support/data/site";
import type { Declared } from "../support/data/source";
import { after, before, columnsOf, keyedBy } from "../support/data/exampleCollection";

const numbers = 100_000;
/** Text sorts as numbers do not; that shows with fewer rows, too. */
const texts = Number(process.env["PULUMI_MILVUS_TEXT_KEYS"] ?? 20_000);

/** The milestone of the whole project, on every server: rows in random key order, and the schema changes under them. */
async function carries(site: Site, keys: readonly string[], key: Partial<FieldArguments>): Promise<void> {
    const [old, next] = [keyedBy(before, key), keyedBy(after, key)];
    const aliases: Declared["aliases"] = site.server.features.has("aliases")
        ? { live: { name: `${site.prefix}live`, of: `${site.prefix}docs` } }
        : {};
    const version = (args: typeof old | typeof next): Declared => ({
        collections: { [`${site.prefix}docs`]: args },
        aliases,
    });
    await site.deploy(version(old));
    const [first] = await site.collections();
    const sent = await insertRows({ ...site, collection: first!, fields: columnsOf(old), keys });
    const count = keys.length;
    const pageRows = site.server.name.startsWith("milvus-lite-3") ? 2 * count : undefined;
    const stored = await readRows({ ...site, collection: first!, fields: columnsOf(old), pageRows });
    expectStored(sent.sorted(), stored, ["metadata", "$meta"]);
    expect(stored.rows).to.equal(count);

    const up = await site.deploy(version(next));
    expect(up.ops.replace).to.equal(1);
    const names = await site.collections();
    expect(names, "the old one is gone").to.have.length(1);
    const [second] = names;
    expect(second).to.not.equal(first);
    if (aliases.live) expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(second);
    const serving = aliases.live ? `${site.prefix}live` : second!;
    expectCarried(
        stored,
        await readRows({ ...site, collection: serving, fields: columnsOf(next), pageRows }),
    );

    const again = await site.stack.up();
    expect(again.ops).to.deep.equal({
        create: 0,
        update: 0,
        replace: 0,
        delete: 0,
        same: aliases.live ? 2 : 1,
    });
}

onStacks(
    "a schema changes under 100,000 rows",
    {
        cli: ["milvus-2.3.5", "external", "milvus-lite-3.2.2", "milvus-lite-2.5.1"],
        once: true,
        fast: [],
    },
    (open) => {
        it("carries over every row with an Int64 key, including the ends of the range", async () => {
            const site = await open();
            await carries(site, int64Keys(numbers, { largest: site.server.name !== "milvus-2.3.5" }), {});
        });
    },
);

/** The lane of milvus-lite has enough to do. */
const onMilvus: Where = { fast: ["milvus-2.3.5"] };

onStacks(
    `a schema changes under ${texts.toLocaleString("en-US")} rows with text for keys`,
    onMilvus,
    (open) => {
        it("carries over every row, whatever characters its key has", async () =>
            carries(await open(), textKeys(texts), { dataType: "VarChar", maxLength: 64 }));
    },
);
