import { expect } from "chai";

import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectOk } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";

onStacks("a preview of a new schema", { cli: ["milvus-lite-3.2.2", "external"] }, (open) => {
    it("lists added, dropped and filled fields and the number of rows, and changes nothing", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: before } });
        const [collection] = await site.collections();
        const rows = { ...site, collection: collection!, fields: columnsOf(before) };
        await insertRows({ ...rows, keys: int64Keys(1_234) });
        const stored = await readRows(rows);
        const state = await site.state();

        await site.declare({ collections: { [name]: after } });
        const preview = expectOk(await site.stack.preview());
        expect(preview.ops.replace).to.equal(1);
        // The real CLI shows each line at its resource; the test engine's provider prints them under the stack.
        const told = preview.messages.map((line) => line.replace(new RegExp(`^info: (?:${name}: )?`), ""));
        expect(preview.output).to.include(
            `info: ${name}: migrate 1,234 rows to a new collection, then cut over`,
        );
        expect(told).to.include.members([
            "  ~ page: renamed from page_num, values kept",
            "  - draft: dropped, with its values in 1,234 rows",
            '  + lang: new VarChar(8), set to "en" in 1,234 rows',
            "  + reviewed: new Bool, set to false in 1,234 rows",
        ]);
        expect(preview.output).to.match(
            /copy 1,234 rows \(about [\d.]+ [kM]?B\), build index, load, verify every row, cut over, drop old collection/,
        );
        expect(preview.output).to.match(
            new RegExp(
                `^(?:info: +)?warning: (?:${name}: )?fields: draft is omitted from the program\\. Its values are lost\\. \\[MV101\\]$`,
                "m",
            ),
        );

        expect(await site.collections()).to.deep.equal([collection]);
        expect(await site.state()).to.deep.equal(state);
        expect((await readRows(rows)).columns).to.deep.equal(stored.columns);
    });
});
