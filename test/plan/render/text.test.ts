import { expect } from "chai";

import type { Collection } from "../../../provider/inputs/schema/collection";
import type { Capabilities } from "../../../provider/observe/state";
import { currentServer, recorded } from "../../../provider/plan/offline";
import { codes } from "../../../provider/plan/finding/codes";
import { bytesText, rowsText } from "../../../provider/inputs/report/figures";
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

describe("the text of a plan", () => {
    it("is empty without changes", () => {
        expect(rendered({}, {})).to.deep.equal([]);
    });

    it("shows a migration: the changes, the reasons, the steps, the figures and the findings", () => {
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
            "docs: migrate 10,000 rows to a new collection, then cut over",
            "  - notes: dropped, with its values in 10,000 rows",
            "  ~ page: renamed from page_num, values kept",
            "  ~ title: maxLength 512 -> 64",
            '  + lang: new VarChar(8), set to "en" in 10,000 rows',
            "  why: Milvus cannot rename a field",
            "  why: Milvus does not check existing rows against a smaller limit",
            "  why: existing rows get the backfill of lang",
            "  steps: copy 10,000 rows (about 120 MB), build index, load, verify every row, cut over, drop old collection",
            "  memory: about 240 MB of rows, both collections are loaded until the cutover",
            "  warning: fields: notes is omitted from the program. Its values are lost. [MV101]",
            '    fix: Keep it in fields. If it was renamed, set previousName: "notes" on the new field.',
            "    see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv101",
            "  warning: fields[3].maxLength: A row with a title longer than 64 bytes stops the copy before the cutover. [MV104]",
            "    fix: Keep 512, or shorten these rows first.",
            "    see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv104",
        ]);
    });

    it("does not count the rows of a dropped partition as copied", () => {
        const before = { partitions: ["y2023", "y2024"] };
        const after = {
            partitions: ["y2024"],
            fields: [id, vector, { ...varChar("body", 512), previousName: "text" }],
        };
        const counted = { rows: 10_000, bytes: 100_000_000, statistics: { inPartition: { y2023: 4_000 } } };
        const lines = rendered(before, after, { ...counted, estimate: { seconds: 100 } });
        expect(lines[0]).to.equal("docs: migrate 6,000 rows to a new collection, then cut over");
        expect(lines).to.include.members([
            "  - partition y2023, with 4,000 rows",
            "  steps: copy 6,000 rows (about 60 MB), build index, load, verify every row, cut over, drop old collection",
            "  time: about 60 s",
            // All rows of the old collection stay loaded.
            "  memory: about 200 MB of rows, both collections are loaded until the cutover",
            "  warning: partitions: The partition y2023 is dropped. 4,000 rows in it are lost. [MV118]",
        ]);
        const all = rendered(before, after, { ...counted, statistics: { inPartition: { y2023: 10_000 } } });
        expect(all[0]).to.equal("docs: replace the collection, all of its rows are dropped");
    });

    it("shows a change in place", () => {
        const after = {
            indexes: [{ ...hnsw, params: { M: 32 } }],
            properties: { "collection.ttl.seconds": "3600" },
        };
        expect(rendered({}, after, { rows: 10_000 })).to.deep.equal([
            "docs: change in place, no rows are copied",
            "  ~ property collection.ttl.seconds: none -> 3600",
            "  ~ index vector: HNSW COSINE M 16 -> HNSW COSINE M 32",
            "  steps: set collection.ttl.seconds, release, drop index vector, build index vector, load",
            "  warning: properties: Rows inserted more than 3600 s ago expire at once. [MV140]",
            "    see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv140",
            "  warning: load: Searches fail from the release until the index is built and the collection is loaded again. The duration is unknown and grows with the rows. [MV124]",
            '    fix: To keep serving, change the index on a copy: migration: { indexes: "shadow" }.',
            "    see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv124",
        ]);
    });

    it("shows why the plan is blocked and what to do", () => {
        const after = { name: "docs", fields: [id, { ...vector, dim: 16 }, text] };
        expect(rendered({ name: "docs" }, after, { rows: 1 }, { rename: false })).to.deep.equal([
            "docs: blocked; no changes made",
            "  ~ vector: dim 8 -> 16",
            "  why: Milvus cannot change the dimension of a vector",
            "  error: name: milvus 2.3.5 cannot rename a collection, so the copy cannot take the name docs. [MV120]",
            "    fix: Omit name, so that each copy gets its own name. Or give the new schema another name.",
            "    see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv120",
            "  error: fields[1]: Values of vector cannot be converted from FloatVector(8) to FloatVector(16). [MV106]",
            '    fix: Compute new values with migration: { transform: "./module.js" }, replace them with a backfill, or declare a new field with another name.',
            "    see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv106",
        ]);
    });

    it("distinguishes an empty collection, and the output of a function", () => {
        const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
        const after = { fields: [id, vector, text, sparse], functions: [bm25], load: undefined };
        expect(rendered({}, after, { rows: 0 })).to.deep.equal([
            "docs: replace the collection, it has no rows",
            "  + sparse: new SparseFloatVector, computed by function bm25",
            "  + function bm25: BM25, text -> sparse",
            "  ~ load: 1 replica -> released",
            "  why: the index on sparse has no explicit type",
            "  steps: create new collection, build index, cut over, drop old collection",
        ]);
        const old = { alterSchema: false };
        expect(rendered(after, {}, {}, old)[0]).to.equal(
            "docs: migrate all rows to a new collection, then cut over",
        );
        expect(rendered(after, {}, {}, old)).to.include("  - sparse: dropped");
    });

    it("shows a change of the state only", () => {
        expect(rendered({}, { deletionProtection: true, adopt: true })).to.deep.equal([
            "docs: only the state is updated, the server does not change",
            "  ~ adopt, deletionProtection",
        ]);
    });

    it("shows only the address of a connection", () => {
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

    it("rounds figures to significant digits", () => {
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
