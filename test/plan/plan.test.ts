import { expect } from "chai";

import type { Collection } from "../../provider/inputs/schema/collection";
import { unknownValue } from "../../provider/inputs/argumentScan";
import type { Capabilities, ObservedCollection } from "../../provider/observe/state";
import { currentServer, recorded } from "../../provider/plan/offline";
import type { ChangeKind } from "../../provider/plan/diff/change";
import type { CollectionPlan, PlanInput } from "../../provider/plan/plan";
import { planCollection } from "../../provider/plan/plan";
import { collection, field, hnsw, id, text, vector } from "./arbitrary";

interface Case {
    before?: Partial<Collection>;
    after?: Partial<Collection>;
    server?: Partial<Capabilities>;
    observed?: Partial<ObservedCollection>;
    input?: Partial<PlanInput>;
}

function plan({ before = {}, after = {}, server = {}, observed = {}, input = {} }: Case): CollectionPlan {
    const deployed = collection(before);
    return planCollection({
        deployed,
        target: collection(after),
        source: { ...recorded(deployed), name: deployed.name ?? "docs_3fa9c1d", ...observed },
        capabilities: { ...currentServer, server: "milvus 2.3.5", ...server },
        unknowns: false,
        ...input,
    });
}

const codes = ({ findings }: CollectionPlan) => findings.map(({ code }) => code);
const steps = ({ updates }: CollectionPlan) => updates.map(({ kind }) => kind);
const withText = (given: Partial<typeof text>) => ({ fields: [id, vector, { ...text, ...given }] });
const ttl = { properties: { "collection.ttl.seconds": "60" } };
/** A change that no server makes in place. */
const loose = withText({ nullable: true });
const load = { replicas: 1, resourceGroups: [] };

/** The strategy of each kind of change on a current server: the verdict, or the arguments that force a new collection. */
const strategies: Record<ChangeKind, [Case, "state-only" | "update" | (keyof Collection)[]]> = {
    "add-field": [{ after: { fields: [id, vector, text, { ...text, name: "lang" }] } }, ["fields"]],
    "drop-field": [{ after: { fields: [id, vector] } }, "update"],
    "rename-field": [{ after: withText({ name: "body", previousName: "text" }) }, ["fields"]],
    "retype-field": [
        { after: withText({ dataType: "JSON", maxLength: undefined, backfill: {} }) },
        ["fields"],
    ],
    "resize-field": [{ after: withText({ maxLength: 1024 }) }, "update"],
    "alter-dim": [{ after: { fields: [id, { ...vector, dim: 2, backfill: [0, 1] }, text] } }, ["fields"]],
    "alter-nullable": [{ after: withText({ nullable: true }) }, ["fields"]],
    "alter-default": [{ after: withText({ defaultValue: "-" }) }, ["fields"]],
    "alter-auto-id": [{ after: { fields: [{ ...id, autoId: true }, vector, text] } }, ["fields"]],
    // Text match uses the analyzer; else it changes in place on 3.0.
    "alter-analyzer": [{ after: withText({ enableAnalyzer: true, enableMatch: true }) }, ["fields"]],
    // Another primary key is blocked for a collection with rows, so this collection is empty.
    "alter-primary-key": [
        {
            after: { fields: [{ ...id, isPrimaryKey: false }, vector, { ...text, isPrimaryKey: true }] },
            input: { rows: 0 },
        },
        ["fields"],
    ],
    "alter-memory": [{ after: withText({ mmap: true }) }, "update"],
    "alter-partition-key": [{ after: withText({ isPartitionKey: true }) }, ["fields"]],
    "alter-clustering-key": [{ after: withText({ isClusteringKey: true }) }, ["fields"]],
    "describe-part": [{ after: withText({ description: "The text" }) }, "update"],
    "add-function": [{ after: { functions: [fn("a")] } }, ["functions"]],
    "drop-function": [{ before: { functions: [fn("a")] } }, ["functions"]],
    "alter-function": [{ before: { functions: [fn("a")] }, after: { functions: [fn("b")] } }, ["functions"]],
    "alter-dynamic-field": [{ after: { enableDynamicField: true } }, "update"],
    "alter-shards": [{ after: { shardsNum: 2 } }, ["shardsNum"]],
    "alter-consistency": [{ after: { consistencyLevel: "Strong" } }, "update"],
    "alter-description": [{ after: { description: "Documents" } }, "update"],
    "set-property": [{ after: ttl }, "update"],
    "delete-property": [{ before: ttl }, "update"],
    "add-partition": [{ after: { partitions: ["a"] } }, "update"],
    "drop-partition": [{ before: { partitions: ["a"] } }, "update"],
    "alter-num-partitions": [
        { before: { numPartitions: 16 }, after: { numPartitions: 64 } },
        ["numPartitions"],
    ],
    "add-index": [{ before: { indexes: [] } }, "update"],
    "drop-index": [{ after: { indexes: [] } }, "update"],
    "alter-index": [{ after: { indexes: [{ ...hnsw, params: { M: 32 } }] } }, "update"],
    "alter-load": [{ after: { load: undefined } }, "update"],
    "alter-database": [{ after: { database: "other" } }, ["database"]],
    "alter-name": [{ before: { name: "docs" }, after: { name: "pages" } }, "update"],
    "alter-connection": [
        { after: { connection: { address: "b:19530", ssl: false, timeout: 30 } } },
        ["connection"],
    ],
    "state-only": [{ after: { deletionProtection: true } }, "state-only"],
};

function fn(input: string) {
    return {
        name: "f",
        type: "Rerank",
        inputFieldNames: [input],
        outputFieldNames: [],
        description: "",
        params: {},
    };
}

describe("a plan", () => {
    for (const [kind, [given, path]] of Object.entries(strategies)) {
        const what = typeof path === "string" ? path : `migrate, for ${path.join()}`;
        it(`of ${kind} is ${what}`, () => {
            const made = plan(given);
            expect(made.changes.map((change) => change.kind)).to.include(kind);
            expect(made.verdict).to.equal(typeof path === "string" ? path : "migrate");
            expect(made.replaces).to.deep.equal(typeof path === "string" ? [] : path);
        });
    }

    it("does nothing without a change", () => {
        expect(plan({})).to.deep.include({ verdict: "none", changes: [], findings: [] });
    });

    describe("in place", () => {
        it("releases a loaded collection once for all changes of indexes and warns about failing searches", () => {
            const other = { ...hnsw, field: "text", name: "text", indexType: "INVERTED" };
            const made = plan({
                before: { indexes: [hnsw, other] },
                after: {
                    indexes: [{ ...hnsw, params: { M: 32 } }],
                    properties: { "mmap.enabled": "true", "collection.ttl.seconds": "60" },
                },
            });
            expect(steps(made)).to.deep.equal([
                "set-properties",
                // Milvus drops the index of a scalar while the collection is loaded (2.6.2).
                "drop-index",
                "release",
                "set-properties",
                "drop-index",
                "create-index",
                "load",
            ]);
            expect(codes(made)).to.deep.equal(["MV140", "MV124"]);
        });

        it("keeps serving when an index, a partition or a time to live is added", () => {
            const made = plan({ before: { indexes: [] }, after: { ...ttl, partitions: ["a"] } });
            expect(steps(made)).to.deep.equal(["set-properties", "create-partition", "create-index"]);
            expect(codes(made)).to.deep.equal(["MV140"]);
        });

        it("sets and deletes properties in separate calls", () => {
            const made = plan({
                before: { properties: { a: "1", b: "2" } },
                after: { properties: { c: "3", d: "4" } },
            });
            expect(made.updates).to.deep.equal([
                { kind: "set-properties", properties: { c: "3", d: "4" } },
                { kind: "delete-properties", keys: ["a", "b"] },
            ]);
        });

        it("loads and releases as the program declares", () => {
            expect(plan({ before: { load: undefined } }).updates).to.deep.equal([{ kind: "load", load }]);
            expect(steps(plan({ after: { load: undefined } }))).to.deep.equal(["release"]);
            // Milvus changes the replicas of a loaded collection (2.4.13).
            expect(steps(plan({ after: { load: { ...load, replicas: 2 } } }))).to.deep.equal(["load"]);
        });

        it("builds a scalar index in place after an interrupted drop, with indexes: shadow, too", () => {
            const scalar = { ...hnsw, field: "text", name: "text", indexType: "AUTOINDEX", params: {} };
            const changed = { ...scalar, metricType: undefined, params: { M: 8 } };
            const { migration } = collection({});
            const again = plan({
                before: { indexes: [hnsw, scalar] },
                after: { indexes: [hnsw, changed], migration: { ...migration, indexes: "shadow" } },
                observed: { indexes: recorded(collection({})).indexes },
            });
            expect(again.verdict).to.equal("update");
            expect(steps(again)).to.deep.equal(["create-index"]);
        });

        it("leaves the default index where it is, over a release and the next load", () => {
            const index = { ...hnsw, indexType: "AUTOINDEX", params: {} };
            const there = { ...index, metricType: index.metricType, params: {} };
            const kinds = ({ changes }: CollectionPlan) => changes.map(({ kind }) => kind);
            const released = { load: undefined, indexes: [] };
            const off = plan({ before: { indexes: [index] }, after: released });
            expect(kinds(off)).to.deep.equal(["alter-load"]);
            const on = { before: released, after: { indexes: [index] } };
            const kept = plan({ ...on, observed: { indexes: [there] } });
            expect(kinds(kept)).to.deep.equal(["alter-load"]);
            expect(steps(kept)).to.deep.equal(["load"]);
            // One that is not there, or has another metric, is built.
            expect(steps(plan({ ...on, observed: { indexes: [] } }))).to.deep.equal(["create-index", "load"]);
            const other = plan({ ...on, observed: { indexes: [{ ...there, metricType: "IP" }] } });
            expect(kinds(other)).to.have.members(["add-index", "alter-load"]);
        });

        it("adds a field with its indexes where the server fills existing rows as declared", () => {
            const lang = { ...text, name: "lang", nullable: true };
            const index = { ...hnsw, field: "lang", name: "lang", indexType: "INVERTED" };
            const added = (given: Partial<typeof lang>) =>
                plan({
                    after: { fields: [id, vector, text, { ...lang, ...given }], indexes: [hnsw, index] },
                });
            expect(steps(added({}))).to.deep.equal(["add-field", "create-index"]);
            expect(steps(added({ backfill: null }))).to.deep.equal(["add-field", "create-index"]);
            expect(steps(added({ defaultValue: "en", backfill: "en" }))).to.deep.equal([
                "add-field",
                "create-index",
            ]);
            expect(added({ defaultValue: "en", backfill: null }).verdict).to.equal("migrate");
            expect(added({ backfill: "de" }).reasons).to.deep.equal([
                "existing rows get the backfill of lang",
            ]);
            expect(added({ nullable: false }).reasons).to.deep.equal([
                "Milvus adds only nullable fields in place",
            ]);
        });

        it("gives the reason why the server cannot add a field", () => {
            const after = { fields: [id, vector, text, { ...text, name: "lang", nullable: true }] };
            expect(plan({ after, server: { addField: false } }).reasons).to.deep.equal([
                "milvus 2.3.5 cannot add a field in place",
            ]);
        });

        it("accepts an identical field that was added by hand and migrates a different one", () => {
            const lang = { ...text, name: "lang", nullable: true };
            const after = { fields: [id, vector, text, lang] };
            const fields = (there: typeof lang) =>
                [id, vector, text, there].map((one) => ({ ...one, isFunctionOutput: false }));
            expect(steps(plan({ after, observed: { fields: fields(lang) } }))).to.deep.equal(["add-field"]);
            const other = plan({ after, observed: { fields: fields({ ...lang, maxLength: 8 }) } });
            expect(other.reasons).to.deep.equal(["the server has a different field lang"]);
        });

        it("shrinks a limit only if every row was counted to fit", () => {
            const shorter = (tooLong?: number) => {
                const statistics = tooLong === undefined ? {} : { tooLong: { text: tooLong } };
                return plan({ after: withText({ maxLength: 64 }), input: { statistics } }).verdict;
            };
            expect([shorter(0), shorter(3), shorter()]).to.deep.equal(["update", "blocked", "migrate"]);
        });

        it("changes an index on a copy only if the program asks for it and the collection is loaded", () => {
            const { migration } = collection();
            const after = {
                indexes: [{ ...hnsw, params: { M: 32 } }],
                migration: { ...migration, indexes: "shadow" as const },
            };
            expect(plan({ after }).replaces).to.deep.equal(["indexes"]);
            expect(plan({ after, observed: { loadState: "not-loaded" } }).verdict).to.equal("update");
        });

        it("says that the duration of failing searches is unknown", () => {
            const { findings } = plan({ after: { indexes: [{ ...hnsw, params: { M: 32 } }] } });
            expect(findings[0]!.message).to.match(
                /until the index is built and the collection is loaded again\. The duration is unknown/,
            );
        });

        it("uses the load state of the server", () => {
            const altered = { after: { indexes: [{ ...hnsw, params: { M: 32 } }] } };
            const made = plan({ ...altered, observed: { loadState: "not-loaded" } });
            expect(steps(made)).to.deep.equal(["drop-index", "create-index", "load"]);
            expect(codes(made)).to.deep.equal([]);
        });

        it("drops a partition last and warns about its rows", () => {
            const made = plan({ before: { partitions: ["a"] }, after: { partitions: ["b"] } });
            expect(steps(made)).to.deep.equal(["create-partition", "drop-partition"]);
            expect(codes(made)).to.deep.equal(["MV118"]);
        });

        it("drops an empty partition without a warning", () => {
            const made = plan({
                before: { partitions: ["a"] },
                input: { statistics: { inPartition: { a: 0 } } },
            });
            expect(steps(made)).to.deep.equal(["drop-partition"]);
            expect(codes(made)).to.deep.equal([]);
        });
    });

    describe("for an older server", () => {
        const old = { alterDescription: false, alterConsistency: false, deleteProperties: false };

        it("migrates what the server cannot change in place", () => {
            const verdict = (given: Case) => plan(given).verdict;
            expect(verdict({ after: { consistencyLevel: "Strong" }, server: old })).to.equal("migrate");
            expect(verdict({ after: { description: "Documents" }, server: old })).to.equal("migrate");
            expect(verdict({ before: ttl, server: old })).to.equal("migrate");
            expect(verdict({ after: ttl, server: old })).to.equal("update");
            expect(verdict({ after: ttl, server: { alterProperties: false } })).to.equal("migrate");
        });

        it("migrates the isolation of partition keys, which no server changes beside a vector index", () => {
            const after = { properties: { "partitionkey.isolation": "true" } };
            expect(plan({ after }).replaces).to.deep.equal(["properties"]);
        });

        it("keeps a description in the state where the server does not store it", () => {
            const made = plan({
                after: { description: "Documents" },
                server: { ...old, keepsDescription: false },
            });
            expect(made.verdict).to.equal("state-only");
            expect(codes(made)).to.deep.equal(["MV126"]);
        });

        it("blocks partitions and databases where the server does not support them", () => {
            const server = { partitions: false, databases: false };
            expect(codes(plan({ after: { partitions: ["a"] }, server }))).to.deep.equal(["MV129"]);
            expect(codes(plan({ after: { database: "other" }, server }))).to.deep.equal(["MV155"]);
            expect(plan({ after: { database: "other" }, server }).verdict).to.equal("blocked");
        });

        it("blocks a fixed name where the server cannot rename", () => {
            const named = {
                before: { name: "docs" },
                after: { name: "docs", ...loose },
                server: { rename: false },
            };
            expect(plan(named)).to.deep.include({ verdict: "blocked", migration: undefined, updates: [] });
            expect(codes(plan(named))).to.deep.equal(["MV120"]);
            expect(plan({ after: loose, server: { rename: false } }).verdict).to.equal("migrate");
        });
    });

    describe("of a migration", () => {
        it("cuts over by rename if the name stays, else by alias", () => {
            const cutover = (given: Case) => plan(given).migration?.cutover;
            const named = { name: "docs" };
            expect(cutover({ before: named, after: { ...named, ...loose } })).to.equal("rename");
            expect(cutover({ after: loose })).to.equal("alias");
            expect(cutover({ before: named, after: { ...loose, name: "pages" } })).to.equal("alias");
            expect(cutover({ before: named, after: { ...named, database: "other" } })).to.equal("alias");
        });

        it("includes changes that are possible in place", () => {
            const made = plan({ before: ttl, after: { ...loose, partitions: ["a"] } });
            expect(made).to.deep.include({ verdict: "migrate", updates: [], replaces: ["fields"] });
        });

        it("notes copied rows with a time to live and aliases of the old collection", () => {
            const made = plan({
                before: ttl,
                after: { ...ttl, ...loose },
                observed: { aliases: ["live", "beta"] },
            });
            expect(codes(made)).to.deep.equal(["MV116", "MV127"]);
        });

        it("ignores rows only if the collection is counted to be empty", () => {
            const image = field({ name: "image", dataType: "FloatVector", dim: 8 });
            const after = { fields: [id, vector, image] };
            const made = plan({ after, input: { rows: 0 } });
            expect(made).to.deep.include({ verdict: "migrate", findings: [] });
            const released = { observed: { loadState: "not-loaded" as const }, input: { rows: 0 } };
            expect(plan({ after, ...released }).verdict).to.equal("blocked");
        });

        it("is made when a replacement is requested without a change", () => {
            expect(plan({ input: { replace: true } }).migration?.cutover).to.equal("alias");
        });
    });

    describe("with a loss", () => {
        const dropped = { after: { fields: [id, vector] } };
        const { migration } = collection();
        const allowing = (allow: string[]) => ({ migration: { ...migration, allow } });
        const verdict = (given: Case) => {
            const { verdict: found, findings } = plan(given);
            return [found, ...findings.map(({ severity }) => severity)];
        };

        it("warns about an explicit loss", () => {
            // The note is about clients with the former schema.
            expect(verdict(dropped)).to.deep.equal(["update", "warning", "note"]);
        });

        it("blocks an explicit loss with milvus:destructive: refuse, unless it is allowed by name", () => {
            const strict = { input: { destructive: "refuse" as const } };
            expect(verdict({ ...dropped, ...strict })).to.deep.equal(["blocked", "error", "note"]);
            expect(plan({ ...dropped, ...strict }).findings[0]!.fix).to.match(
                /Or allow it: migration: \{ allow: \["drop:text"\] \}\.$/,
            );
            const after = { ...dropped.after, ...allowing(["drop:text"]) };
            expect(verdict({ after, ...strict })).to.deep.equal(["update", "warning", "note"]);
        });

        it("blocks an implied loss, unless it is allowed by name", () => {
            const fields = [id, { ...vector, dataType: "Float16Vector" as const }, text];
            expect(verdict({ after: { fields } })).to.deep.equal(["blocked", "error"]);
            const allow = (name: string) => verdict({ after: { fields, ...allowing([name]) } });
            expect(allow("narrow:vector")).to.deep.equal(["migrate", "warning"]);
            expect(allow("narrow:text")).to.deep.equal(["blocked", "error"]);
            expect(allow("drop:vector")).to.deep.equal(["blocked", "error"]);
        });

        it("compares the memory of both collections with maxMemory", () => {
            const limited = (maxMemory: number, bytes?: number, allow: string[] = []) =>
                verdict({
                    after: { ...loose, migration: { ...migration, maxMemory, allow } },
                    input: { bytes },
                });
            expect(limited(100, 50)).to.deep.equal(["migrate"]);
            expect(limited(99, 50)).to.deep.equal(["blocked", "error"]);
            expect(limited(99, 50, ["memory"])).to.deep.equal(["migrate", "warning"]);
            expect(limited(99)).to.deep.equal(["migrate", "warning"]);
        });
    });

    describe("for values that the server already has", () => {
        it("updates only the state for a name, a database and numbers", () => {
            const spelled = { name: "docs_3fa9c1d", database: "default", shardsNum: 1 };
            const made = plan({ after: spelled, observed: { database: "default", shardsNum: 1 } });
            expect(made.verdict).to.equal("state-only");
            expect(plan({ after: { shardsNum: 2 }, observed: { shardsNum: 1 } }).verdict).to.equal("migrate");
        });
    });

    describe("without a server", () => {
        it("uses the recorded state, assumes a current Milvus and says so", () => {
            const made = plan({ after: loose, input: { source: undefined, capabilities: undefined } });
            expect(made.verdict).to.equal("migrate");
            expect(codes(made)).to.deep.equal(["MV121"]);
            expect(
                plan({ after: ttl, input: { source: undefined, capabilities: undefined } }).verdict,
            ).to.equal("update");
        });

        it("blocks a change of a missing collection", () => {
            const made = plan({ after: loose, input: { source: undefined } });
            expect(made.verdict).to.equal("blocked");
            expect(codes(made)).to.include("MV123");
        });
    });

    describe("with unknown values", () => {
        const unknowns = { unknowns: true };

        it("drops no unknown field and plans the rest", () => {
            const fields = [
                id,
                vector,
                { ...text, maxLength: unknownValue },
            ] as unknown as Collection["fields"];
            const made = plan({ after: { fields, ...ttl }, input: unknowns });
            expect(made.changes.map(({ kind }) => kind)).to.deep.equal(["set-property"]);
            expect(made.findings.map(({ code, path }) => [code, path])).to.deep.equal([
                ["MV122", "fields"],
                ["MV140", "properties"],
            ]);
        });

        it("counts an unknown value as a change", () => {
            const fields = unknownValue as unknown as Collection["fields"];
            expect(plan({ after: { fields }, input: unknowns })).to.deep.include({
                verdict: "update",
                updates: [],
            });
        });

        it("blocks nothing while a value is unknown", () => {
            const made = plan({
                before: { name: "docs" },
                after: { name: "docs", ...loose, properties: { x: unknownValue } },
                server: { rename: false },
                input: unknowns,
            });
            expect(made.verdict).to.equal("migrate");
            expect(made.findings.map(({ code, severity }) => [code, severity])).to.deep.equal([
                ["MV122", "note"],
                ["MV120", "warning"],
            ]);
        });
    });
});
