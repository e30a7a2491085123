import { expect } from "chai";

import type { FieldArguments } from "../support/data/field";
import { dynamicField } from "../support/data/field";
import { expectCarried } from "../support/data/carried";
import { type FakeSite, openFakeSite } from "../support/data/fakeSite";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectOk } from "../support/data/site";
import { expectEveryCell } from "../support/data/table";
import { create, smallest } from "./open";

const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 64 };
const fields = [...smallest, text];

describe("properties that a newer server adds (fake)", function () {
    this.timeout(120_000);
    let open: FakeSite | undefined;
    afterEach(() => open?.close());

    for (const version of ["2.6.18", "3.0.0"])
        it(`on ${version} cause no drift and do not prevent adoption`, async () => {
            open = await openFakeSite(version);
            const { fake, site } = open;
            const name = `${site.prefix}docs`;
            const there = `${site.prefix}there`;
            await create(site.client, there, { fields });
            const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
            const program = (added: FieldArguments[]) => ({
                collections: {
                    [name]: { fields: [...fields, ...added] },
                    there: { name: there, fields, load: false, indexes: [], adopt: true },
                },
            });
            await site.deploy(program([]));
            await site.deploy(program([lang]));
            const own = fake.collections().map(({ properties }) => [...properties.keys()]);
            expect(own[0]).to.include("timezone");
            if (version === "3.0.0") expect(own.flat()).to.include("max_field_id");

            const refresh = expectOk(await site.stack.refresh());
            expect(refresh.ops, refresh.output).to.include({ same: 2, update: 0 });
            const again = expectOk(await site.stack.up());
            expect(again.ops, again.output).to.include({ same: 2, update: 0, replace: 0 });
        });

    for (const [version, older] of [
        ["2.6.7", "NULL"],
        ["2.6.18", "{}"],
    ] as const)
        it(`on ${version} copies a dynamic field that was enabled in place as empty for older rows, where it is ${older}`, async () => {
            open = await openFakeSite(version);
            const { site } = open;
            const name = `${site.prefix}docs`;
            const dynamic = { enableDynamicField: true };
            await site.deploy({ collections: { [name]: { fields } } });
            const [collection] = await site.collections();
            const rows = { ...site, collection: collection!, fields };
            const keys = int64Keys(400);
            await insertRows({ ...rows, keys: keys.slice(0, 200) });
            const on = await site.deploy({ collections: { [name]: { fields, ...dynamic } } });
            expect(on.ops).to.include({ update: 1, replace: 0 });
            const whole = [...fields, dynamicField];
            await insertRows({ ...rows, fields: whole, keys: keys.slice(200), seed: 2 });
            const stored = await readRows({ ...rows, fields: whole });
            expect(stored.column(dynamicField.name)).to.include(older);

            const page: FieldArguments = { name: "page", dataType: "Int64", backfill: 7 };
            const moved = await site.deploy({
                collections: { [name]: { fields: [...fields, page], ...dynamic } },
            });
            expect(moved.ops).to.include({ replace: 1 });
            const [copy] = await site.collections();
            const carried = await readRows({ ...rows, collection: copy!, fields: [...whole, page] });
            expectCarried(stored, carried, { id: "id", vector: "vector", text: "text" }, { page: "7" });
            const asObjects = stored.column(dynamicField.name).map((cell) => (cell === "NULL" ? "{}" : cell));
            expect(carried.column(dynamicField.name)).to.deep.equal(asObjects);
            expectEveryCell(carried, "page", "7");
        });

    it("verifies a migration that fills shapes and instants, which the server spells in its own way", async () => {
        open = await openFakeSite("2.6.18");
        const { site } = open;
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: { fields } } });
        const [collection] = await site.collections();
        const keys = int64Keys(20);
        await insertRows({ ...site, collection: collection!, fields, keys });
        const place: FieldArguments = { name: "place", dataType: "Geometry", backfill: "point(1 2)" };
        const at: FieldArguments = {
            name: "at",
            dataType: "Timestamptz",
            backfill: "2025-05-01T12:00:00+02:00",
        };
        const moved = await site.deploy({ collections: { [name]: { fields: [...fields, place, at] } } });
        expect(moved.ops).to.include({ replace: 1 });
        const [copy] = await site.collections();
        const rows = await readRows({ ...site, collection: copy!, fields: [...fields, place, at] });
        expectEveryCell(rows, "place", "POINT (1 2)");
        expectEveryCell(rows, "at", "2025-05-01T10:00:00Z");
    });
});
