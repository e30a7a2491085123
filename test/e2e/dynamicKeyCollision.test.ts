import { expect } from "chai";

import { expectCarried } from "../support/data/carried";
import type { FieldArguments } from "../support/data/field";
import { dynamicField } from "../support/data/field";
import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk } from "../support/data/site";
import { expectEveryCell } from "../support/data/table";
import { before, columnsOf } from "../support/data/exampleCollection";

/** Some rows hold a key of this name in the dynamic field, as `u1` to `u9`. */
const user: FieldArguments = { name: "user", dataType: "VarChar", maxLength: 64, backfill: "nobody" };
const named = { ...before, fields: [...before.fields, user] };
const same = Object.fromEntries(before.fields.map(({ name }) => [name, name]));
const keyOfRows = /"user": ?"(u\d)"/;

async function start(open: Open) {
    const site = await open();
    const name = `${site.prefix}docs`;
    await site.deploy({ collections: { [name]: before } });
    const [collection] = await site.collections();
    const rows = { ...site, collection: collection!, fields: columnsOf(before) };
    await insertRows({ ...rows, keys: int64Keys(300) });
    const stored = await readRows(rows);
    const held = stored.column(dynamicField.name).filter((cell) => keyOfRows.test(cell)).length;
    expect(held).to.be.greaterThan(0);
    const carried = async () => {
        const [copy] = await site.collections();
        return readRows({ ...rows, collection: copy!, fields: columnsOf(named) });
    };
    return { site, name, collection: collection!, stored, held, carried };
}

onStacks("a new field whose name rows hold in the dynamic field", { fastTests: 1 }, (open) => {
    it("keeps both, or blocks the change", async () => {
        const { site, name, collection, stored, held, carried } = await start(open);
        await site.declare({ collections: { [name]: named } });
        const preview = expectOk(await site.stack.preview());
        // These two keep what they are sent.
        if (["milvus-2.3.5", "milvus-lite-2.5.1"].includes(site.server.name)) {
            expect(preview.output).to.match(
                /note: .* dynamic key user.* stay in the dynamic field\. \[MV130\]/,
            );
            expectOk(await site.stack.up());
            const rows = await carried();
            expectCarried(
                stored,
                rows,
                { ...same, [dynamicField.name]: dynamicField.name },
                { user: "nobody" },
            );
            return;
        }
        expect(preview.output).to.match(
            new RegExp(`error: .*${held} rows hold a dynamic key user.*\\[MV144\\]`),
        );
        expectFailure(await site.stack.up(), "[MV313]", "[MV144]", 'from: "$meta.user"', "drop:$meta.user");
        expect(await site.collections()).to.deep.equal([collection]);
    });

    it("takes over the values if the program says so", async () => {
        const { site, name, stored, carried } = await start(open);
        const taken = { ...named, fields: [...before.fields, { ...user, from: "$meta.user" }] };
        await site.deploy({ collections: { [name]: taken } });
        const rows = await carried();
        expectCarried(stored, rows, same, {});
        const held = stored.column(dynamicField.name).map((cell) => keyOfRows.exec(cell)?.[1] ?? "nobody");
        expect(rows.column("user")).to.deep.equal(held);
    });

    it("drops the key, and no other, if the program allows it", async () => {
        const { site, name, stored, carried } = await start(open);
        const allowed = { ...named, migration: { allow: ["drop:$meta.user"] } };
        const up = await site.deploy({ collections: { [name]: allowed } });
        expect(up.output).to.match(/warning: .* a dynamic key user\. Its values are dropped\. \[MV144\]/);
        const rows = await carried();
        expectCarried(stored, rows, same, {});
        expectEveryCell(rows, "user", "nobody");
        const meant = (cell: string): unknown => {
            const { user: _user, ...others } = JSON.parse(cell) as Record<string, unknown>;
            return others;
        };
        expect(rows.column(dynamicField.name).map((cell) => JSON.parse(cell) as unknown)).to.deep.equal(
            stored.column(dynamicField.name).map(meant),
        );
    });
});
