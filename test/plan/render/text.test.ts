import { expect } from "chai";

import type { Collection } from "../../../provider/inputs/schema/collection";
import type { Capabilities } from "../../../provider/observe/state";
import { currentServer, recorded } from "../../../provider/plan/offline";
import { codes } from "../../../provider/plan/finding/codes";
import { bytesText, rowsText } from "../../../provider/plan/finding/figures";
import type { PlanInput } from "../../../provider/plan/plan";
import { planCollection } from "../../../provider/plan/plan";
import { renderPlan } from "../../../provider/plan/render/text";
import { bm25, collection, field, hnsw, id, text, vector } from "../arbitrary";

function rendered(
    before: Partial<Collection>,
    after: Partial<Collection>,
    input: Partial<PlanInput> = {},
    server: Partial<Capabilities> = {},
): string[] {
    const deployed = collection(before);
    const plan = planCollection({
        deployed,
        target: collection(after),
        source: recorded(deployed),
        capabilities: { ...currentServer, server: "milvus 2.3.5", ...server },
        unknowns: false,
        ...input,
    });
    return renderPlan(plan, { name: "docs" });
}

const varChar = (name: string, maxLength: number) => field({ name, dataType: "VarChar", maxLength });

describe("what a person reads of a plan", () => {
    it("is nothing when there is nothing to do", () => {
        expect(rendered({}, {})).to.deep.equal([]);
    });

    it("tells a migration: what comes, goes and changes, what it takes, and what to think of", () => {
        const before = {
            fields: [id, vector, varChar("page_num", 500), varChar("title", 512), varChar("notes", 64)],
        };
        const after = {
            fields: [
                id,
                vector,
                { ...varChar("page", 500), previousName: "page_num" },
                varChar("title", 64),
                { ...varChar("lang", 8), backfill: "en" },
            ],
        };
        expect(rendered(before, after, { rows: 10_000, bytes: 120_000_000 })).to.deep.equal([
            "docs: migrate 10,000 rows into a new collection, then switch",
            "  - notes: goes, with its values in 10,000 rows",
            "  ~ page: renamed from page_num, values kept",
            "  ~ title: maxLength 512 -> 64",
            '  + lang: new VarChar(8), "en" in 10,000 rows',
            "  why: Milvus renames no field",
            "  why: the server would not check the rows against the smaller limit",
            "  why: the rows get the backfill of lang",
            "  steps: copy 10,000 rows (about 120 MB), build the index, load, verify every row, switch, drop the old",
            "  memory: both stay loaded until the switch, about 240 MB of rows",
            "  warning: fields: notes is left out of the program, its values are lost. [MV101]",
            '    fix: Keep it in fields; if it was renamed, say previousName: "notes" there.',
            "  warning: fields[3].maxLength: A title longer than 64 stops the copy, before anything is switched. [MV104]",
            "    fix: Keep 512, or shorten such rows first.",
        ]);
    });

    it("does not count the rows of a partition that goes among those that move", () => {
        const before = { partitions: ["y2023", "y2024"] };
        const after = {
            partitions: ["y2024"],
            fields: [id, vector, { ...varChar("body", 512), previousName: "text" }],
        };
        const counted = { rows: 10_000, bytes: 100_000_000, statistics: { inPartition: { y2023: 4_000 } } };
        const lines = rendered(before, after, { ...counted, estimate: { seconds: 100 } });
        expect(lines[0]).to.equal("docs: migrate 6,000 rows into a new collection, then switch");
        expect(lines).to.include.members([
            "  - partition y2023, with 4,000 rows",
            "  steps: copy 6,000 rows (about 60 MB), build the index, load, verify every row, switch, drop the old",
            "  time: about 60 s",
            // The old one is loaded with all that it has.
            "  memory: both stay loaded until the switch, about 200 MB of rows",
            "  warning: partitions: The partition y2023 is dropped, 4,000 rows in it are lost. [MV118]",
        ]);
        const all = rendered(before, after, { ...counted, statistics: { inPartition: { y2023: 10_000 } } });
        expect(all[0]).to.equal("docs: replace the collection, none of its rows comes along");
    });

    it("tells a change in place", () => {
        const after = {
            indexes: [{ ...hnsw, params: { M: 32 } }],
            properties: { "collection.ttl.seconds": "3600" },
        };
        expect(rendered({}, after, { rows: 10_000 })).to.deep.equal([
            "docs: change in place, no row moves",
            "  ~ property collection.ttl.seconds: none -> 3600",
            "  ~ index vector: HNSW COSINE M 16 -> HNSW COSINE M 32",
            "  steps: set collection.ttl.seconds, release, drop index vector, build index vector, load",
            "  warning: properties: Rows that were inserted more than 3600 s ago expire at once. [MV140]",
            "  warning: load: Searches fail from the release until the index is built and the collection is loaded again: how long is not known, it grows with the rows. [MV124]",
            '    fix: To serve meanwhile, do it on a copy: migration: { indexes: "shadow" }.',
        ]);
    });

    it("tells why nothing will be done, and what to do instead", () => {
        const after = { name: "docs", fields: [id, { ...vector, dim: 16 }, text] };
        expect(rendered({ name: "docs" }, after, { rows: 1 }, { rename: false })).to.deep.equal([
            "docs: cannot be done like this; nothing is touched",
            "  ~ vector: dim 8 -> 16",
            "  why: Milvus changes the dimension of no field",
            "  error: name: milvus 2.3.5 cannot rename a collection, so the copy cannot take the name docs. [MV120]",
            "    fix: Leave name out: each copy gets a name of its own. Or give the new schema another name.",
            "  error: fields[1]: Values of vector cannot be converted from FloatVector(8) to FloatVector(16). [MV106]",
            '    fix: Make new ones with migration: { transform: "./module.js" }, give up the old ones with a backfill, or declare it as a new field under another name.',
        ]);
    });

    it("tells an empty collection from a full one, and a function's output from a value", () => {
        const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
        const after = { fields: [id, vector, text, sparse], functions: [bm25], load: undefined };
        expect(rendered({}, after, { rows: 0 })).to.deep.equal([
            "docs: replace the collection, it has no rows",
            "  + sparse: new SparseFloatVector, made by bm25",
            "  + function bm25: BM25, text -> sparse",
            "  ~ load: 1 replica -> released",
            "  why: the index of sparse names no type",
            "  steps: create the new, build the index, switch, drop the old",
        ]);
        const old = { alterSchema: false };
        expect(rendered(after, {}, {}, old)[0]).to.equal(
            "docs: migrate all rows into a new collection, then switch",
        );
        expect(rendered(after, {}, {}, old)).to.include("  - sparse: goes");
    });

    it("tells what is only recorded", () => {
        expect(rendered({}, { deletionProtection: true, adopt: true })).to.deep.equal([
            "docs: recorded in the state, nothing to do on the server",
            "  ~ adopt, deletionProtection",
        ]);
    });

    it("shows no part of a connection but its address", () => {
        const connection = {
            address: "a:19530",
            token: "s3cret",
            password: "s3cret",
            ssl: false,
            timeout: 30,
        };
        const lines = [
            ...rendered({}, { connection }),
            ...rendered({ connection }, { connection: { ...connection, token: "s3cret2" } }),
        ].join("\n");
        expect(lines).to.contain("server: as configured -> a:19530").and.not.contain("s3cret");
    });

    it("writes figures with the digits that matter", () => {
        expect([undefined, 0, 1, 1_234_567].map(rowsText)).to.deep.equal([
            "all rows",
            "0 rows",
            "1 row",
            "1,234,567 rows",
        ]);
        expect([0, 999, 1_000, 120_000_000, 1_240_000_000].map(bytesText)).to.deep.equal([
            "0 B",
            "999 B",
            "1.0 kB",
            "120 MB",
            "1.2 GB",
        ]);
    });

    it("has an example of each finding, in the same form", () => {
        for (const { example, title } of Object.values(codes)) {
            expect(example).to.match(/^[a-zA-Z[\].0-9]+: \S.*[^.]$/);
            expect(title).to.match(/^[A-Z].*[^.]$/);
        }
    });
});
