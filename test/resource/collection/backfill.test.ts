import { expect } from "chai";

import { observeCollection } from "../../../provider/observe/collection";
import type { FieldArguments } from "../../support/data/field";
import type { Value } from "../../support/data/values";
import { ref, smallest } from "../../fake/open";
import {
    after,
    before,
    collectionWith,
    give,
    ids,
    inPlace,
    lang,
    rowsOf,
    staged,
    tags,
    text,
    texts,
} from "./backfillStage";
import { up } from "./steps";

describe("a backfill in place (fake)", () => {
    it("fills every row, leaves all other values as they are, and copies nothing", async () => {
        const stage = await staged(before);
        await give(stage, before.fields, { id: ids, text: texts });
        const was = rowsOf(stage);
        stage.fake.calls.length = 0;
        expect((await up(stage.fake.address, stage.deployed, after)).verdict).to.equal("updated");
        expect(rowsOf(stage)).to.deep.equal(was.map((row) => ({ ...row, lang: "en" })));
        expect(stage.fake.calls).to.include("Upsert").and.not.include("CreateCollection");
        expect(await observeCollection(stage.client, ref(stage.name))).to.not.have.property("unfilled");
        expect((await up(stage.fake.address, stage.deployed, after)).verdict).to.equal("same");
    });

    it("keeps values bit for bit that a double or a text could not hold", async () => {
        const fields: FieldArguments[] = [
            ...before.fields,
            { name: "big", dataType: "Int64", nullable: true },
            { name: "ratio", dataType: "Double", nullable: true },
            { name: "small", dataType: "Float" },
            { name: "data", dataType: "JSON" },
            { name: "list", dataType: "Array", elementType: "Int64", maxCapacity: 4 },
            { name: "half", dataType: "Float16Vector", dim: 2 },
            { name: "flags", dataType: "Bool", defaultValue: true },
        ];
        const stage = await staged({ fields });
        const values: Record<string, Value[]> = {
            id: ["-9223372036854775808", "1", "9223372036854775807"],
            text: ["", "\0\n\"'", "ü"],
            big: ["9007199254740993", null, "-9223372036854775808"],
            ratio: [0.1, null, -0],
            small: [0.5, 1e-45, -1],
            data: ['{"n":9007199254740993}', "{}", '{"a":[1.0,1e2]}'].map((json) => Buffer.from(json)),
            list: [["9007199254740993"], [], ["1", "2"]],
            half: [Buffer.from([1, 2, 3, 4]), Buffer.from([5, 6, 7, 8]), Buffer.from([0, 0, 0, 128])],
            flags: [true, false, true],
        };
        await give(stage, fields, values);
        const was = rowsOf(stage);
        const wanted = { fields: [...fields, { ...lang, backfill: "en" }], ...inPlace };
        expect((await up(stage.fake.address, stage.deployed, wanted)).verdict).to.equal("updated");
        expect(rowsOf(stage)).to.deep.equal(was.map((row) => ({ ...row, lang: "en" })));
    });

    it("fills several fields in one upsert of each row, and keeps the values that rows have", async () => {
        const stage = await staged(before, { pageRows: () => 2 });
        await give(stage, before.fields, { id: ids, text: texts });
        const wanted = {
            ...collectionWith({ ...lang, backfill: "en" }, { ...tags, backfill: [1, 2] }),
            ...inPlace,
        };
        // The run is cut before the first upsert, and clients that know the new fields write two rows.
        const { faulty } = await up(stage.fake.address, stage.deployed, wanted, { at: 2, fault: "killed" });
        expect(faulty.writes).to.deep.equal(["AlterCollection", "AddCollectionField", "AddCollectionField"]);
        const known = [...before.fields, lang, tags];
        await give(stage, known, { id: ["1"], text: ["new"], lang: ["fr"], tags: [null] });
        await give(stage, known, { id: ["2"], text: ["new"], lang: [null], tags: [["7"]] });
        const was = rowsOf(stage);
        stage.fake.calls.length = 0;
        expect((await up(stage.fake.address, stage.deployed, wanted)).verdict).to.equal("updated");
        // A row that had a value of a field keeps it, and its other field is filled.
        const [full] = rowsOf(stage).filter(({ id }) => id === ids[0]);
        expect(full).to.deep.include({ lang: "en" });
        expect(full!.tags).to.exist;
        const filled = was.map((row) => ({ ...row, lang: row.lang ?? "en", tags: row.tags ?? full!.tags }));
        expect(rowsOf(stage)).to.deep.equal(filled);
        expect(filled.map(({ lang }) => lang)).to.include("fr");
        // Nine rows and two in pages of two.
        expect(stage.fake.calls.filter((call) => call === "Upsert")).to.have.length(6);
    });

    for (const [what, more, partitionOf] of [
        [
            "partitions",
            { partitions: ["y2023", "y2024"] },
            (at: number) => ["_default", "y2023", "y2024"][at % 3],
        ],
        ["a partition key", { fields: [...smallest, { ...text, isPartitionKey: true }] }, () => undefined],
        [
            "VarChar keys",
            {
                fields: [
                    { name: "id", dataType: "VarChar", maxLength: 16, isPrimaryKey: true },
                    smallest[1]!,
                    text,
                ],
            },
            () => undefined,
        ],
    ] as const)
        it(`fills rows of a collection with ${what}`, async () => {
            const fields: FieldArguments[] = "fields" in more ? [...more.fields] : before.fields;
            const stage = await staged({ ...before, ...more }, { pageRows: () => 2 });
            for (const [at, id] of ids.entries())
                await give(stage, fields, { id: [id], text: [texts[at]!] }, partitionOf(at));
            const was = rowsOf(stage);
            const wanted = { ...more, fields: [...fields, { ...lang, backfill: "en" }], ...inPlace };
            expect((await up(stage.fake.address, stage.deployed, wanted)).verdict).to.equal("updated");
            expect(rowsOf(stage)).to.deep.equal(was.map((row) => ({ ...row, lang: "en" })));
        });

    it("sends fewer rows at once where the server cannot read as many", async () => {
        const stage = await staged(before, { mostBytes: 150 });
        await give(stage, before.fields, { id: ids, text: texts });
        const was = rowsOf(stage);
        expect((await up(stage.fake.address, stage.deployed, after)).verdict).to.equal("updated");
        expect(rowsOf(stage)).to.deep.equal(was.map((row) => ({ ...row, lang: "en" })));
        expect(stage.fake.calls.filter((call) => call === "Upsert").length).to.be.greaterThan(3);
    });

    it("drops a field of the same change after every row is filled", async () => {
        const stage = await staged(collectionWith({ name: "notes", dataType: "VarChar", maxLength: 8 }), {
            version: "3.0.0",
        });
        await give(stage, [...before.fields, { name: "notes", dataType: "VarChar", maxLength: 8 }], {
            id: ids,
            text: texts,
            notes: ids,
        });
        const { verdict, faulty } = await up(stage.fake.address, stage.deployed, after);
        expect(verdict).to.equal("updated");
        const steps = faulty.writes.filter((call) => call !== "AlterCollection");
        expect(steps).to.deep.equal(["AddCollectionField", "Upsert", "AlterCollectionSchema"]);
        expect(rowsOf(stage).map((row) => row.lang)).to.deep.equal(ids.map(() => "en"));
    });
});
