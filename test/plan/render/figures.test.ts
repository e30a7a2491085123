import { expect } from "chai";

import type { Collection } from "../../../provider/inputs/schema/collection";
import { currentServer, recorded } from "../../../provider/plan/offline";
import { planCollection } from "../../../provider/plan/plan";
import { memoryFindings, peakMemory } from "../../../provider/plan/render/memory";
import { rowsDropped, withoutDroppedRows } from "../../../provider/plan/render/rowsDropped";
import { stepsOf } from "../../../provider/plan/render/stepText";
import { updateText } from "../../../provider/plan/render/updateText";
import { collection, hnsw, id, text, vector } from "../arbitrary";

const { migration } = collection();
const loose = { fields: [id, vector, { ...text, nullable: true }] };
function plan(before: Partial<Collection>, after: Partial<Collection>, given = {}) {
    const deployed = collection(before);
    return planCollection({
        deployed,
        target: collection({ ...loose, ...after }),
        source: recorded(deployed),
        capabilities: { ...currentServer, server: "milvus 2.6.18" },
        unknowns: false,
        rows: 100,
        bytes: 1000,
        estimate: { seconds: 10 },
        ...given,
    });
}

describe("the memory of a migration", () => {
    const loaded = (replicas: number) => collection({ load: { replicas, resourceGroups: [] } });

    it("is that of both collections, in each replica", () => {
        expect(peakMemory(loaded(1), 50)).to.equal(100);
        expect(peakMemory(loaded(3), 50)).to.equal(300);
        expect(peakMemory(loaded(1), undefined)).to.equal(undefined);
        expect(peakMemory(collection({ load: undefined }), 50)).to.equal(undefined);
    });

    it("is compared with what the program allows, while they are loaded", () => {
        const found = (bytes: number | undefined, maxMemory?: number, load = collection().load) =>
            memoryFindings(collection({ load, migration: { ...migration, maxMemory } }), bytes).map(
                ({ code, path, message, fix }) => `${code} ${path}: ${message} ${fix ?? ""}`.trim(),
            );
        expect(found(50_000, 99_000)).to.deep.equal([
            "MV135 migration.maxMemory: Both collections take about 100 kB while they are loaded, more than 99 kB. Raise maxMemory.",
        ]);
        expect(found(undefined, 99)).to.deep.equal([
            "MV139 migration.maxMemory: The size of the rows is unknown. Both collections together may exceed maxMemory.",
        ]);
        expect(found(50, 100)).to.deep.equal([]);
        expect(found(50)).to.deep.equal([]);
        const released = collection({ load: undefined, migration: { ...migration, maxMemory: 1 } });
        expect(memoryFindings(released, 50)).to.deep.equal([]);
        expect(memoryFindings(released, undefined)).to.deep.equal([]);
    });
});

describe("the rows that a migration drops with their partitions", () => {
    const before = { partitions: ["a", "b", "c"] };
    const after = { partitions: ["c"] };
    const counted = (inPartition: Record<string, number>, given = {}) =>
        plan(before, after, { statistics: { inPartition }, ...given });

    it("are those that were counted", () => {
        expect(rowsDropped(counted({ a: 10, b: 30 }))).to.equal(40);
        expect(rowsDropped(counted({ a: 10 }))).to.equal(10);
        expect(rowsDropped(plan(before, after))).to.equal(0);
        expect(rowsDropped(plan({}, {}))).to.equal(0);
        expect(rowsDropped(plan({}, { fields: [id, vector, text] }))).to.equal(0);
        const keyed = { fields: [id, vector, { ...text, isPartitionKey: true }] };
        expect(rowsDropped(plan(before, keyed, { statistics: { inPartition: { a: 10 } } }))).to.equal(0);
    });

    it("have no share in the figures of the copy", () => {
        const figures = (of: ReturnType<typeof plan>) => {
            const { rows, bytes, seconds } = withoutDroppedRows(of);
            return [rows, bytes, seconds];
        };
        expect(figures(counted({ a: 10, b: 30 }))).to.deep.equal([60, 600, 6]);
        expect(figures(counted({ a: 10, b: 95 }))).to.deep.equal([0, 0, 0]);
        expect(figures(counted({ a: 10 }, { rows: 0 }))).to.deep.equal([0, 0, 0]);
        expect(figures(counted({ a: 10 }, { rows: undefined }))).to.deep.equal([undefined, 1000, 10]);
        expect(figures(counted({ a: 10 }, { bytes: undefined, estimate: {} }))).to.deep.equal([
            90,
            undefined,
            undefined,
        ]);
        const none = counted({});
        expect(withoutDroppedRows(none)).to.equal(none);
    });
});

describe("the steps of a plan", () => {
    const steps = (after: Partial<Collection>, given = {}) => stepsOf(plan({}, after, given));

    it("are those of a copy", () => {
        expect(steps({})).to.deep.equal([
            "copy 100 rows (about 1.0 kB)",
            "build index",
            "load",
            "verify every row",
            "cut over",
            "drop old collection",
        ]);
        const two = [
            hnsw,
            { ...hnsw, field: "text", name: "text", indexType: "INVERTED", metricType: undefined },
        ];
        expect(steps({ indexes: two }, { bytes: undefined }).slice(0, 2)).to.deep.equal([
            "copy 100 rows",
            "build indexes",
        ]);
        expect(steps({ load: undefined, migration: { ...migration, verify: "count" } })).to.deep.equal([
            "copy 100 rows (about 1.0 kB)",
            "build index",
            "compare row counts",
            "cut over",
            "drop old collection",
        ]);
        expect(steps({ migration: { ...migration, keepPrevious: true } }).at(-1)).to.equal(
            "retain old collection",
        );
    });

    it("leave out what an empty collection does not need", () => {
        const empty = plan({ indexes: [], load: undefined }, { indexes: [], load: undefined }, { rows: 0 });
        expect(stepsOf(empty)).to.deep.equal(["create new collection", "cut over", "drop old collection"]);
    });

    it("swap the names of a named collection, and are none of a blocked plan", () => {
        const named = plan({ name: "docs" }, { name: "docs" });
        expect(stepsOf(named)).to.include("swap names");
        const capabilities = { ...currentServer, rename: false };
        expect(stepsOf(plan({ name: "docs" }, { name: "docs" }, { capabilities }))).to.deep.equal([]);
    });

    it("are written in a few words each", () => {
        const load = { replicas: 1, resourceGroups: [] };
        const lines: [Parameters<typeof updateText>[0], string][] = [
            [{ kind: "add-field", field: text }, "add field text"],
            [{ kind: "enable-dynamic-field" }, "turn on the dynamic field"],
            [{ kind: "alter-field", field: "a", properties: { x: "1", y: "2" } }, "set x, y of a"],
            [{ kind: "set-properties", properties: { x: "1", y: "2" } }, "set x, y"],
            [{ kind: "delete-properties", keys: ["x", "y"] }, "delete x, y"],
            [{ kind: "alter-description", description: "a" }, "set the description"],
            [{ kind: "alter-consistency", consistencyLevel: "Strong" }, "set the consistency level"],
            [{ kind: "create-partition", partition: "a" }, "create partition a"],
            [{ kind: "release" }, "release"],
            [{ kind: "drop-index", field: "a", index: "by_a" }, "drop index by_a"],
            [{ kind: "create-index", index: hnsw }, "build index vector"],
            [{ kind: "load", load }, "load"],
            [{ kind: "drop-partition", partition: "a" }, "drop partition a"],
            [{ kind: "drop-function", function: "f" }, "drop function f"],
            [{ kind: "drop-field", field: "a" }, "drop field a"],
            [{ kind: "rename", to: "pages", load }, "rename to pages"],
            [{ kind: "rename", to: undefined, load }, "rename to its own name"],
        ];
        for (const [update, line] of lines) expect(updateText(update)).to.equal(line);
    });
});
