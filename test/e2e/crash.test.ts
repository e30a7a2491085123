import { expect } from "chai";

import { loadCollection } from "../../provider/milvus/collection/loading";
import { expectCarried } from "../support/data/carried";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure } from "../support/data/site";
import type { Declared } from "../support/data/source";
import { after, before, columnsOf } from "../support/data/exampleCollection";
import { openWire, type Wire } from "../support/faults/wire";

const count = 5_000;
/** Far less than the rows are, far more than what is sent before the copy. */
const halfway = 300_000;

onStacks(
    "a server that dies in the middle of a copy",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5", "milvus-lite-2.5.1"], fast: ["milvus-lite-3.2.2"] },
    (open) => {
        let wire: Wire | undefined;
        afterEach(() => wire?.close());

        it("keeps the old collection serving all rows, and the next `up` succeeds and leaves no other collection", async () => {
            const site = await open();
            wire = await openWire(site.server.address);
            await site.stack.setConfig("milvus:address", wire.address);
            const name = `${site.prefix}docs`;
            const aliases: Declared["aliases"] = site.server.features.has("aliases")
                ? { live: { name: `${site.prefix}live`, of: name } }
                : {};
            await site.deploy({ collections: { [name]: before }, aliases });
            const [first] = await site.collections();
            const rows = { ...site, collection: first!, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(count), flushEvery: 1 });
            const stored = await readRows(rows);

            // Smaller batches make more steps, to be met between two of them.
            const changed = { ...after, migration: { batchBytes: 32_768 } };
            await site.declare({ collections: { [name]: changed }, aliases });
            let killed: Promise<void> | undefined;
            void wire.afterSending(halfway).then(() => (killed = site.server.kill()));
            const up = await site.stack.up();
            await killed;
            if (killed) await site.server.restart();
            expectFailure(up, /the connection to .* was lost|no Milvus answers there/);

            const names = await site.collections();
            expect(names, "the old one, and what the copy left").to.have.length(2).and.to.include(first);
            if (aliases.live) expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(first);
            // milvus-lite starts with nothing loaded.
            await loadCollection(
                site.client,
                { database: undefined, name: first! },
                { replicas: 1, resourceGroups: [] },
            );
            expect((await readRows(rows)).columns).to.deep.equal(stored.columns);

            const again = await site.deploy({ collections: { [name]: after }, aliases });
            // Without properties there is no checkpoint, and the rows are copied again.
            const keeps = site.server.name !== "milvus-lite-2.5.1";
            expect(again.output).to.match(
                keeps
                    ? /resuming the copy .*: an interrupted run has copied [\d,]+ rows/
                    : /dropping .*, an unfinished copy without a checkpoint left by an interrupted run/,
            );
            const left = await site.collections();
            expect(left).to.have.length(1).and.to.not.include(first);
            expectCarried(
                stored,
                await readRows({ ...rows, collection: left[0]!, fields: columnsOf(after) }),
            );
            if (aliases.live) expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(left[0]);
        });
    },
);
