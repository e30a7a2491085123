import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { observeCollection } from "../../../provider/observe/collection";
import { faults } from "../../support/faults/faultyCalls";
import type { FieldArguments } from "../../support/data/field";
import type { Value } from "../../support/data/values";
import type { FakeMilvus, FakeOptions } from "../../support/fake";
import { currentTier } from "../../support/tier";
import { insert, open, ref, smallest } from "../../fake/open";
import { type Deployed, deploy, refresh, up } from "./steps";

const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 64 };
const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
const tags: FieldArguments = {
    name: "tags",
    dataType: "Array",
    elementType: "Int64",
    maxCapacity: 4,
    nullable: true,
};
const inPlace = { migration: { backfill: "in-place", writes: "paused" } };
const with_ = (...fields: FieldArguments[]) => ({ fields: [...smallest, text, ...fields] });
const before = with_();
const after = { ...with_({ ...lang, backfill: "en" }), ...inPlace };

const ids = Array.from({ length: 9 }, (_, at) => String(at * 5 - 7));
const texts = ids.map((id) => `text ${id}`);

interface Stage {
    fake: FakeMilvus;
    client: MilvusClient;
    deployed: Deployed;
    name: string;
}

async function staged(args: object, options: Omit<FakeOptions, "version"> & { version?: string } = {}) {
    const { version = "2.6.18", ...rest } = options;
    const { fake, client } = await open(version, { pending: 0, ...rest });
    const deployed = await deploy(fake.address, args);
    return { fake, client, deployed, name: deployed.state.collectionName as string };
}

const give = (
    { client, name }: Stage,
    fields: FieldArguments[],
    values: Record<string, Value[]>,
    partition?: string,
) => insert(client, name, { fields, ...(partition !== undefined && { partition }) }, values);

type StoredRow = Record<string, unknown>;

/** Every row that can be read, with its values as they are stored. */
function rowsOf({ fake }: Pick<Stage, "fake">): StoredRow[] {
    const [collection] = fake.collections();
    const names = new Map(collection!.schema.fields.map(({ fieldID, name }) => [fieldID, name]));
    return collection!.rows
        .filter(({ deleted }) => deleted === undefined)
        .map(({ cells, partition }): StoredRow => ({
            partition,
            ...Object.fromEntries([...cells].map(([id, cell]) => [names.get(id)!, cell])),
        }))
        .sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

const placeOf = ({ partition, id }: StoredRow) => `${String(partition)} ${String(id)}`;

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
            ...with_({ ...lang, backfill: "en" }, { ...tags, backfill: [1, 2] }),
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
        const stage = await staged(with_({ name: "notes", dataType: "VarChar", maxLength: 8 }), {
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

const isFast = currentTier() === "fast";

describe("a backfill in place that is interrupted (fake)", () => {
    const stage = async () => {
        const made = await staged({ ...before, partitions: ["y2024"] }, { pageRows: () => 3 });
        await give(made, before.fields, { id: ids, text: texts });
        await give(made, before.fields, { id: ids, text: texts }, "y2024");
        return made;
    };
    const wanted = { ...after, partitions: ["y2024"] };

    // The fast tier has the faults that end a run at once, each at every other call.
    const faultsOfTier = isFast ? (["refused from then on", "killed"] as const) : faults;
    for (const [place, fault] of faultsOfTier.entries())
        it(`is resumed, whichever call is ${fault === "killed" ? "the last" : fault}`, async function () {
            this.timeout(120_000);
            const whole = await stage();
            const was = rowsOf(whole);
            const filled = was.map((row) => ({ ...row, lang: "en" }));
            const { faulty } = await up(whole.fake.address, whole.deployed, wanted);
            expect(faulty.writes).to.include.members(["AddCollectionField", "Upsert", "AlterCollection"]);
            expect(rowsOf(whole)).to.deep.equal(filled);
            for (const at of faulty.writes.keys()) {
                if (isFast && at % 2 !== place) continue;
                const label = `${faulty.writes[at]} (${at})`;
                const cut = await stage();
                const first = await up(cut.fake.address, cut.deployed, wanted, { at, fault });
                // What a row held it holds still, whether it is filled or not.
                const now = rowsOf(cut).map(({ lang: _lang, ...row }) => row);
                expect(now, label).to.deep.equal(was);
                if (first.verdict !== "updated") expect(first.verdict, label).to.have.property("failed");
                const second = await up(cut.fake.address, cut.deployed, wanted);
                expect(second.verdict, label).to.be.oneOf(["updated", "same"]);
                expect(rowsOf(cut), label).to.deep.equal(filled);
                expect((await up(cut.fake.address, cut.deployed, wanted)).verdict, label).to.equal("same");
            }
        });

    it("is resumed after a refresh, which makes the state what is on the server", async () => {
        const cut = await stage();
        const filled = rowsOf(cut).map((row) => ({ ...row, lang: "en" }));
        const { address } = cut.fake;
        await up(address, cut.deployed, wanted, { at: 3, fault: "killed" });
        await refresh(address, cut.deployed);
        expect(rowsOf(cut)).to.not.deep.equal(filled);
        expect((await up(address, cut.deployed, wanted)).verdict).to.equal("updated");
        expect(rowsOf(cut)).to.deep.equal(filled);
        expect((await up(address, cut.deployed, wanted)).verdict).to.equal("same");
    });

    it("leaves a field that the former program drops, by a migration before 3.0", async () => {
        for (const [version, verdict] of [
            ["2.6.18", "replace"],
            ["3.0.0", "updated"],
        ] as const) {
            const cut = await staged(before, { version, pageRows: () => 3 });
            await give(cut, before.fields, { id: ids, text: texts });
            const { address } = cut.fake;
            await up(address, cut.deployed, after, { at: 2, fault: "killed" });
            expect((await up(address, cut.deployed, before)).verdict, version).to.equal(verdict);
        }
    });

    it("is completed by a copy where the program does not ask for it in place any more", async () => {
        const cut = await stage();
        const { address } = cut.fake;
        await up(address, cut.deployed, wanted, { at: 3, fault: "killed" });
        const copied = { ...wanted, migration: { writes: "paused" } };
        expect((await up(address, cut.deployed, copied)).verdict).to.equal("replace");
        expect(cut.deployed.said.join("\n")).to.include("existing rows get the backfill of lang");
    });
});
