import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { setProperties } from "../../../provider/milvus/collection/collections";
import { observeCollection } from "../../../provider/observe/collection";
import type { PartitionMapping, RowMapping } from "../../../provider/plan/mapping/mapping";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import {
    type Checkpoint,
    checkpointProperty,
    firstCheckpoint,
    planHash,
    readCheckpoint,
    saveCheckpoint,
} from "../../../provider/migration/properties/checkpoint";
import { mappingProperty, readMapping } from "../../../provider/migration/properties/rowMapping";
import { packed } from "../../../provider/migration/properties/codec";
import { create, open, ref, smallest } from "../../fake/open";
import { runs } from "../../support/tier";
import { anyText } from "../../support/random/text";

const docs = ref("docs");
const key = fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    anyText({ maxLength: 20 }),
    fc.constantFrom("", "i5", "s", "null"),
);
const end = fc.option(key, { nil: undefined });
const position = fc.record({
    partition: fc.option(fc.string({ maxLength: 8 }), { nil: undefined }),
    begin: end,
    upTo: end,
    copied: end,
    done: fc.boolean(),
});
const checkpoint: fc.Arbitrary<Checkpoint> = fc.record({
    plan: fc.string(),
    ranges: fc.array(position, { maxLength: 9 }),
    rows: fc.nat(),
});

const mapping: RowMapping = {
    columns: [],
    dropped: ["notes"],
    dynamic: "none",
    key: { from: "id", to: "id", dataType: "Int64", regenerate: false },
};
const together: PartitionMapping = { kind: "together" };
const spec = (args: object = {}) =>
    normalizeCollection(CollectionInputs.parse({ fields: smallest, ...args }));

async function server() {
    const { client } = await open("2.6.18", { pending: 0 });
    await create(client, "docs");
    return client;
}

describe("the checkpoint of a copy", () => {
    it("is read from the copy as saved, for any keys", async () => {
        const client = await server();
        expect(await readCheckpoint(client, docs)).to.equal(undefined);
        await fc.assert(
            fc.asyncProperty(checkpoint, async (given) => {
                await saveCheckpoint(client, docs, given);
                expect(await readCheckpoint(client, docs)).to.deep.equal(given);
            }),
        );
    });

    it("starts with a full range for each partition", () => {
        const open = { begin: undefined, upTo: undefined, copied: undefined, done: false };
        expect(firstCheckpoint("plan", [undefined])).to.deep.equal({
            plan: "plan",
            rows: 0,
            ranges: [{ partition: undefined, ...open }],
        });
        expect(firstCheckpoint("plan", ["p", "q"]).ranges).to.deep.equal([
            { partition: "p", ...open },
            { partition: "q", ...open },
        ]);
    });

    it("is ignored if it is damaged or written by another release", async () => {
        const client = await server();
        const whole = checkpointProperty(firstCheckpoint("plan", ["p"]))["pulumi.checkpoint"]!;
        const damaged = [
            ...Array.from({ length: whole.length - 4 }, (_, at) => whole.slice(0, at)),
            ...["{}", "null", "7", '{"plan":"plan","rows":1,"ranges":[]}'],
            ...[
                ...[{}, null, 7, { plan: "plan", rows: 1 }, { plan: "plan", rows: 1, ranges: {} }],
                ...[
                    [5],
                    [null, 5, null, null, 0],
                    [null, "x5", null, null, 0],
                    [null, "i5.5", null, null, 0],
                    [null],
                ].map((range) => ({ plan: "plan", rows: 1, ranges: [range] })),
            ].map((value) => packed("pulumi.checkpoint", value)["pulumi.checkpoint"]!),
        ];
        for (const text of damaged) {
            await setProperties(client, docs, { "pulumi.checkpoint": text });
            expect(await readCheckpoint(client, docs), text).to.equal(undefined);
        }
        await setProperties(client, docs, { "pulumi.checkpoint": whole });
        expect(await readCheckpoint(client, docs)).to.exist;
    });

    it("stays at the last one that fit if its keys are too long for a property", async () => {
        const client = await server();
        const small = firstCheckpoint("plan", [undefined]);
        await saveCheckpoint(client, docs, small);
        // Random text, which does not compress.
        const copied = randomBytes(60_000).toString("base64");
        const large = { ...small, rows: 5, ranges: [{ ...small.ranges[0]!, copied }] };
        expect(checkpointProperty(large)).to.deep.equal({});
        expect(await saveCheckpoint(client, docs, large)).to.equal(false);
        expect(await readCheckpoint(client, docs)).to.deep.equal(small);
    });

    it("fits into a property with as many partitions as a collection can have, each partly copied", async () => {
        const client = await server();
        // Milvus' default number of partitions, with keys that do not compress.
        const ranges = Array.from({ length: 1024 }, (_, at) => {
            const [begin, copied] = [0, 1].map(() => randomBytes(8).readBigInt64LE());
            return { partition: `tenant_of_the_${at}`, begin, upTo: undefined, copied, done: at % 2 === 0 };
        });
        const given = { plan: "plan", rows: 7, ranges };
        expect(await saveCheckpoint(client, docs, given)).to.equal(true);
        expect(await readCheckpoint(client, docs)).to.deep.equal(given);
    });

    it("has a plan hash of what is copied, from where, and to what", () => {
        const plan = (generation = "3fa9c1d", args: object = {}, more: Partial<RowMapping> = {}) =>
            planHash(generation, spec(args), { ...mapping, ...more }, together);
        expect(plan())
            .to.equal(plan())
            .and.to.match(/^[0-9a-f]{16}$/);
        const others = [
            plan("0000000"),
            plan(undefined, { fields: [...smallest, { name: "n", dataType: "Int64" }] }),
            plan(undefined, { description: "other" }),
            plan(undefined, { partitions: ["p"] }),
            plan(undefined, { properties: { "collection.ttl.seconds": 60 } }),
            plan(undefined, { indexes: [{ field: "vector", indexType: "FLAT" }] }),
            plan(undefined, {}, { dropped: [] }),
            planHash("3fa9c1d", spec(), mapping, { kind: "by-name", carried: ["p"], dropped: [] }),
        ];
        expect(new Set([plan(), ...others]).size).to.equal(others.length + 1);
        // Clients may create and drop partitions at any time.
        const carrying = (...carried: string[]) =>
            planHash("3fa9c1d", spec(), mapping, { kind: "by-name", carried, dropped: [] });
        expect(carrying("p")).to.equal(carrying("p", "q"));
        // The speed and the batch size of a copy do not change it.
        expect(plan(undefined, { migration: { maxRowsPerSecond: 5, batchBytes: 4096 } })).to.equal(plan());
    });

    it("has a plan hash of the text of a transform's module, and not of its settings", async () => {
        const folder = await mkdtemp(join(tmpdir(), "module-"));
        const module = join(folder, "embed.js");
        const plan = (retries: number) => {
            const transform = { module, fields: ["vector"], batchRows: 256, concurrency: 4, retries };
            return planHash("3fa9c1d", spec(), { ...mapping, transform }, together);
        };
        // The missing module may be the same one, not built yet: the copy is kept.
        expect(() => plan(2)).to.throw("[MV338]");
        await writeFile(module, "exports.default = (rows) => rows;");
        const there = plan(2);
        expect(plan(9)).to.equal(there);
        await writeFile(module, "exports.default = (rows) => rows.reverse();");
        expect(plan(2)).to.not.equal(there);
        await rm(folder, { recursive: true });
    });
});

describe("the mapping on a copy", () => {
    it("is read as written, with any value that a program can give", async () => {
        const client = await server();
        await fc.assert(
            fc.asyncProperty(fc.jsonValue(), fc.array(fc.string()), async (value, carried) => {
                const columns = [{ to: spec().fields[0]!, source: { kind: "constant", value } }];
                const given = {
                    mapping: { ...mapping, columns } as RowMapping,
                    partitions: { kind: "by-name", carried, dropped: [] } as PartitionMapping,
                };
                await setProperties(client, docs, mappingProperty(given, undefined));
                expect(await readMapping(client, docs)).to.deep.equal(JSON.parse(JSON.stringify(given)));
            }),
            { numRuns: runs(50) },
        );
    });

    it("is ignored if it is damaged", async () => {
        const client = await server();
        expect(await readMapping(client, docs)).to.equal(undefined);
        const whole = mappingProperty({ mapping, partitions: together }, undefined)["pulumi.mapping"]!;
        for (const text of ["", "???", "e30=", whole.slice(0, whole.length >> 1), whole.slice(4)]) {
            await setProperties(client, docs, { "pulumi.mapping": text });
            expect(await readMapping(client, docs), text).to.equal(undefined);
        }
    });

    it("is not observed as a property of the program, like the other internal properties", async () => {
        const client = await server();
        const { properties } = (await observeCollection(client, docs))!;
        await setProperties(client, docs, {
            ...mappingProperty({ mapping, partitions: together }, undefined),
            ...checkpointProperty(firstCheckpoint("plan", [undefined])),
        });
        expect((await observeCollection(client, docs))!.properties).to.deep.equal(properties);
    });
});
