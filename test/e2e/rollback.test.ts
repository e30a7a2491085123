import { expect } from "chai";

import { createAlias } from "../../provider/milvus/collection/aliases";
import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import type { FieldArguments } from "../support/data/field";
import { toFieldData } from "../support/data/fieldData";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, fieldsData, type Version } from "../support/traffic/rows";
import { type Oracle, startWriter } from "../support/traffic/writer";
import type { CollectionArgs, MigrationArgs } from "../../sdk/args";

const right = { lost: [], resurrected: [], stale: [] };
const notes: FieldArguments = { name: "notes", dataType: "VarChar", maxLength: 32 };
const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8 };

/** With `notes`; then without them, with `lang` and longer labels. */
const first = withField(collectionOf(64), notes);
const second = withField(collectionOf(128), { ...lang, backfill: "en" });

function withField(args: CollectionArgs, field: FieldArguments): CollectionArgs {
    return { ...args, fields: [...(args.fields as FieldArguments[]), field] };
}

const count = 5_000;
const rowsOf = (from: number, to: number, version: number): Version[] =>
    Array.from({ length: to - from }, (_, at) => ({ key: BigInt(from + at), version }));

/** A stack with one collection behind an alias, or with a name, and what clients know of its rows. */
class Scenario {
    readonly oracle: Oracle = new Map();

    private constructor(
        readonly site: Site,
        private readonly named: boolean,
    ) {}

    static async open(open: Open, { named = false } = {}): Promise<Scenario> {
        return new Scenario(await open(), named);
    }

    /** The name that clients use. */
    get door(): string {
        return `${this.site.prefix}${this.named ? "docs" : "live"}`;
    }

    program(args: CollectionArgs, migration: MigrationArgs = {}, more: Partial<CollectionArgs> = {}) {
        const name = `${this.site.prefix}docs`;
        const declared = { ...args, ...more, migration: { grace: 0, ...migration } };
        return this.named
            ? { collections: { docs: { ...declared, name } } }
            : { collections: { [name]: declared }, aliases: { live: { name: this.door, of: name } } };
    }

    deploy(...program: Parameters<Scenario["program"]>) {
        return this.site.deploy(this.program(...program));
    }

    /** Rows with the field that the collection has besides. */
    async write(
        call: "Insert" | "Upsert",
        rows: Version[],
        field?: FieldArguments,
        value = "",
    ): Promise<void> {
        const extra = field
            ? [
                  toFieldData(
                      field,
                      rows.map(() => value),
                  ),
              ]
            : [];
        const columns = [...fieldsData(rows), ...extra];
        const request = { collection_name: this.door, fields_data: columns, num_rows: rows.length };
        await this.site.client.call(call, request, { seconds: 60 });
        for (const { key, version } of rows) this.oracle.set(key, version);
    }

    async remove(from: number, to: number): Promise<void> {
        const keys = rowsOf(from, to, 0).map(({ key }) => key);
        await this.site.client.call("Delete", {
            collection_name: this.door,
            expr: `id in [${keys.join(", ")}]`,
        });
        for (const key of keys) this.oracle.delete(key);
    }

    /** 5,000 writes after the migration: rows that are changed, deleted, and new. */
    async writeOn(field?: FieldArguments): Promise<void> {
        await this.write("Upsert", rowsOf(1_000, 3_000, 2), field, "de");
        await this.remove(2_500, 3_500);
        await this.write("Insert", rowsOf(count, count + 2_000, 3), field, "fr");
    }

    wrong() {
        return compareWithOracle(this.site.client, this.door, this.oracle);
    }

    /** The values of a field, by key. */
    async values(field: FieldArguments): Promise<Map<string, string>> {
        const fields = [...(collectionOf(64).fields as FieldArguments[]), field];
        const rows = await readRows({ client: this.site.client, collection: this.door, fields });
        return new Map(rows.keys.map((key, row) => [key, rows.column(field.name)[row]!]));
    }
}

onStacks(
    "a program with the previous schema",
    {
        needs: ["aliases"],
        servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
        cli: ["milvus-lite-3.2.2"],
        once: true,
    },
    (open) => {
        it("restores the retained collection with the writes made since, and dropped values are back", async function () {
            this.timeout(10 * 60_000);
            const scenario = await Scenario.open(open);
            const { site } = scenario;
            await scenario.deploy(first);
            const [old] = await site.collections();
            await scenario.write("Insert", rowsOf(0, count, 1), notes, "noted");

            const forth = await scenario.deploy(second, { keepPrevious: true });
            expect(forth.output).to.include("retain old collection").and.include(`${old} is retained`);
            const successor = (await site.collections()).find((name) => name !== old)!;
            expect(await site.aliasTarget(scenario.door)).to.equal(successor);
            await scenario.writeOn(lang);

            await site.declare(scenario.program(first, { keepPrevious: true, rollback: "previous" }));
            const preview = expectOk(await site.stack.preview());
            expect(preview.output)
                .to.include(`roll back to ${old}, with the writes made since`)
                .and.include(
                    `steps: restore ${old}, carry over later writes, cut over, retain old collection`,
                )
                .and.include("+ notes: new VarChar(32), retained values");
            const back = expectOk(await site.stack.up());
            expect(back.ops.replace).to.equal(1);

            expect(await scenario.wrong()).to.deep.equal(right);
            expect(await site.aliasTarget(scenario.door)).to.equal(old);
            const retained = await scenario.values(notes);
            for (const [key, value] of retained)
                expect(value, key).to.equal(Number(key) < count ? "noted" : "");
            expect(await site.collections()).to.have.members([old, successor]);
            const again = expectOk(await site.stack.up());
            expect(again.ops.same, again.output).to.equal(2);

            // Forward again: the other collection was retained in turn.
            await scenario.write("Upsert", rowsOf(0, 10, 4), notes, "late");
            await scenario.deploy(second, { rollback: "previous" });
            expect(await scenario.wrong()).to.deep.equal(right);
            expect(await site.aliasTarget(scenario.door)).to.equal(successor);
            const langs = await scenario.values(lang);
            expect([langs.get("0"), langs.get("1000"), langs.get("5000")]).to.deep.equal(["en", "de", "fr"]);
            expect(await site.collections()).to.deep.equal([successor]);
        });
    },
);

/** `one` is retained, with 300 rows. */
async function withOneRetained(open: Open) {
    const scenario = await Scenario.open(open);
    const { site } = scenario;
    await scenario.deploy(collectionOf(64));
    await scenario.write("Insert", rowsOf(0, 300, 1));
    const [one] = await site.collections();
    await scenario.deploy(collectionOf(128), { keepPrevious: true });
    return { scenario, site, one };
}

onStacks(
    "a retained collection",
    { needs: ["aliases"], servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [] },
    (open) => {
        it("is dropped when another replaces it, and the last one with the stack, which prints its row count", async () => {
            const { scenario, site, one } = await withOneRetained(open);
            const two = await site.aliasTarget(scenario.door);
            expect(await site.collections()).to.have.members([one, two]);
            const up = await scenario.deploy(collectionOf(256), { keepPrevious: true });
            expect(up.output).to.include(`dropping ${one}, which was retained, and its 300 rows`);
            expect(await site.collections()).to.have.members([two, await site.aliasTarget(scenario.door)]);

            await scenario.deploy(collectionOf(256), { keepPrevious: true }, { deletionProtection: true });
            expectFailure(
                await site.stack.destroy(),
                "holds 300 rows and deletionProtection is set",
                "[MV305]",
            );
            expect(await site.collections()).to.have.length(2);
            await scenario.deploy(collectionOf(256), { keepPrevious: true });
            const gone = expectOk(await site.stack.destroy());
            expect(gone.output).to.include(`dropping ${two}, which was retained, and its 300 rows`);
            expect(await site.collections()).to.deep.equal([]);
        });

        it("is kept if the credentials change together with the schema", async () => {
            const scenario = await Scenario.open(open);
            const { address } = scenario.site.server;
            await scenario.deploy(collectionOf(64), {}, { connection: { address } });
            await scenario.write("Insert", rowsOf(0, 300, 1));
            const [one] = await scenario.site.collections();
            const login = { connection: { address, token: "root:Milvus" } };
            const up = await scenario.deploy(collectionOf(128), { keepPrevious: true }, login);
            expect(up.output).to.include(`${one} is retained`);
            expect(await scenario.site.collections()).to.include(one);
        });

        it("is kept if an alias outside the program points at it, and the output says so", async () => {
            const { site, one } = await withOneRetained(open);
            const theirs = `${site.prefix}theirs`;
            await createAlias(site.client, { database: undefined, alias: theirs }, one!);
            const gone = expectOk(await site.stack.destroy());
            expect(gone.output).to.include(
                `${one} was retained and is kept: the alias ${theirs} points at it`,
            );
            expect(gone.output).to.not.include("holds rows of");
            expect(await site.collections()).to.deep.equal([one]);
        });

        it("is required for a rollback, which is blocked without one and with another schema", async () => {
            const scenario = await Scenario.open(open);
            const { site } = scenario;
            await scenario.deploy(first);
            await scenario.write("Insert", rowsOf(0, 300, 1), notes, "noted");
            const [one] = await site.collections();
            await scenario.deploy(second);
            await site.declare(scenario.program(first, { rollback: "previous" }));
            const refused = expectFailure(await site.stack.up(), "Omit rollback", "[MV313]");
            expect(refused).to.include("[MV150]");
            expect(await site.collections())
                .to.have.length(1)
                .and.to.not.include(one);

            await scenario.deploy(first, { keepPrevious: true });
            await site.declare(scenario.program(collectionOf(512), { rollback: "previous" }));
            expect(expectFailure(await site.stack.up(), "differs from the program"))
                .to.include("~ label: maxLength 128 -> 512")
                .and.include("[MV151]");
            expect(await scenario.wrong()).to.deep.equal(right);
        });
    },
);

onStacks(
    "a rollback of a collection with a name",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [] },
    (open) => {
        it("gives the name back to the retained one, with the writes made since", async function () {
            this.timeout(10 * 60_000);
            const scenario = await Scenario.open(open, { named: true });
            const { site } = scenario;
            await scenario.deploy(first);
            await scenario.write("Insert", rowsOf(0, count, 1), notes, "noted");
            await scenario.deploy(second, { keepPrevious: true });
            expect(await site.collections())
                .to.have.length(2)
                .and.to.include(scenario.door);
            await scenario.writeOn(lang);

            const back = await scenario.deploy(first, { rollback: "previous" });
            expect(back.output).to.include("swap names, drop old collection");
            expect(await scenario.wrong()).to.deep.equal(right);
            expect((await scenario.values(notes)).get("0")).to.equal("noted");
            expect(await site.collections()).to.deep.equal([scenario.door]);
            expectOk(await site.stack.destroy());
            expect(await site.collections()).to.deep.equal([]);
        });
    },
);

onStacks("a rollback under writes", { servers: ["milvus-2.3.5"], fast: [] }, (open) => {
    it("loses, resurrects and misses no row", async function () {
        this.timeout(10 * 60_000);
        const scenario = await Scenario.open(open);
        const { site, oracle } = scenario;
        await scenario.deploy(collectionOf(64));
        await scenario.write("Insert", rowsOf(0, count, 1));
        await scenario.deploy(collectionOf(128), { keepPrevious: true });
        await scenario.writeOn();
        await site.declare(scenario.program(collectionOf(64), { rollback: "previous", grace: 1 }));
        const writer = startWriter({ client: site.client, alias: scenario.door, oracle, seed: 1, rate: 200 });
        const up = await site.stack.up();
        const written = await writer.stop();
        expectOk(up);
        expect(written.inserted + written.changed + written.deleted).to.be.greaterThan(0);
        expect(await scenario.wrong()).to.deep.equal(right);
        expect(await site.collections()).to.have.length(1);
    });
});
