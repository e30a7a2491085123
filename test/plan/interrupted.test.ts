import { expect } from "chai";

import type { Collection } from "../../provider/inputs/schema/collection";
import type { ObservedCollection } from "../../provider/observe/state";
import { currentServer, recorded } from "../../provider/plan/offline";
import { planCollection, type PlanInput } from "../../provider/plan/plan";
import { collection, hnsw, id, text, vector } from "./arbitrary";

type Given = Partial<Collection>;
const { migration } = collection();
function plan(
    before: Given,
    after: Given,
    observed: Partial<ObservedCollection> = {},
    input: Partial<PlanInput> = {},
) {
    const deployed = collection(before);
    return planCollection({
        deployed,
        target: collection(after),
        source: { ...recorded(deployed), name: "docs_3fa9c1d", ...observed },
        capabilities: { ...currentServer, server: "milvus 2.6.18" },
        unknowns: false,
        ...input,
    });
}
const said = ({ findings }: ReturnType<typeof plan>) =>
    findings.map(({ code, path, message, fix }) => `${code} ${path}: ${message} ${fix ?? ""}`.trim());
const ttl = { properties: { "x.team": "search" } };

describe("a plan after an interrupted change in place", () => {
    const note =
        "MV196 name: An earlier `pulumi up` was interrupted while it changed docs_3fa9c1d in place (set-properties, release). This plan starts from what is on the server now.";
    const interrupted = ["set-properties", "release"];

    it("says so, whether there is something to do or not", () => {
        expect(said(plan({}, ttl, {}, { interrupted }))).to.deep.equal([note]);
        const done = plan(ttl, ttl, {}, { interrupted });
        expect(done.verdict).to.equal("state-only");
        expect(said(done)).to.deep.equal([note]);
        expect(plan(ttl, ttl)).to.deep.include({ verdict: "none", findings: [] });
        // Without a server nobody knows.
        expect(said(plan({}, {}, {}, { interrupted, source: undefined }))).to.deep.equal([]);
    });

    it("loads the rows of a partition that was released and not dropped", () => {
        const partly = { loadState: "partly-loaded" as const, partitions: ["_default", "a"] };
        const after = (given: Given, observed: Partial<ObservedCollection>, steps: string[]) =>
            plan({ partitions: ["a"] }, { partitions: ["a"], ...given }, observed, { interrupted: steps })
                .updates;
        const load = { replicas: 1, resourceGroups: [] };
        expect(after({}, partly, ["drop-partition"])).to.deep.equal([
            { kind: "load", load, partitions: ["_default", "a"] },
        ]);
        expect(after({}, partly, ["release"])).to.deep.equal([]);
        expect(after({}, { ...partly, loadState: "loaded" }, ["drop-partition"])).to.deep.equal([]);
        const released = after({ load: undefined }, partly, ["drop-partition"]).map(({ kind }) => kind);
        expect(released).to.deep.equal(["release"]);
        expect(plan({ partitions: ["a"] }, { partitions: ["a"] }, partly).updates).to.deep.equal([]);
    });
});

describe("a plan without a server", () => {
    const offline = { source: undefined, capabilities: undefined };
    const back = { migration: { ...migration, rollback: "previous" as const } };

    it("has no finding without a change, or where only the state is updated", () => {
        expect(plan({}, {}, {}, offline)).to.deep.include({ verdict: "none", findings: [] });
        const stored = plan({}, { deletionProtection: true }, {}, offline);
        expect(stored).to.deep.include({ verdict: "state-only", findings: [] });
        const gone = plan({}, { deletionProtection: true }, {}, { source: undefined });
        expect(gone).to.deep.include({ verdict: "state-only", findings: [] });
    });

    it("says what it assumes, or that the collection is gone", () => {
        expect(said(plan({}, ttl, {}, offline))).to.deep.equal([
            "MV121 connection: The server could not be queried. The plan uses the recorded state and assumes a current Milvus.",
        ]);
        expect(said(plan({}, ttl, {}, { source: undefined }))).to.deep.equal([
            "MV123 name: The recorded collection does not exist on the server. Run `pulumi refresh`. The next `pulumi up` creates it again.",
        ]);
    });

    it("cannot tell whether a collection is retained, and blocks no rollback", () => {
        const given = { fields: [id, vector, { ...text, nullable: true }], ...back };
        expect(plan({}, given, {}, { ...offline, replace: true }).verdict).to.equal("migrate");
        expect(plan({}, given, {}, { replace: true }).verdict).to.equal("blocked");
    });

    it("counts no rows, so that a loss is a loss", () => {
        const lossy = { fields: [id, { ...vector, dim: 16 }, text] };
        expect(plan({}, lossy, {}, { ...offline, rows: 0 }).verdict).to.equal("blocked");
        expect(plan({}, lossy, {}, { rows: 0 }).verdict).to.equal("migrate");
    });
});

describe("the estimate of a plan", () => {
    it("is that of a copy, and not of a rollback", () => {
        const loose = { fields: [id, vector, { ...text, nullable: true }] };
        const estimate = { seconds: 8, passSeconds: 100 };
        expect(plan({}, loose, {}, { estimate }).seconds).to.equal(8);
        const back = { migration: { ...migration, rollback: "previous" as const } };
        const rollback = plan({}, { ...loose, ...back }, {}, { estimate });
        expect(rollback.seconds).to.equal(undefined);
        expect(said(rollback).filter((line) => line.startsWith("MV152"))).to.deep.equal([]);
    });
});

describe("an index that a plan builds in place", () => {
    const capabilities = { ...currentServer, indexTypes: { FloatVector: ["FLAT"] }, server: "milvus-lite" };

    it("is blocked if the server cannot build it", () => {
        const codes = (before: Given, after: Given) =>
            plan(before, after, {}, { capabilities }).findings.map(({ code }) => code);
        expect(codes({ indexes: [] }, {})).to.deep.equal(["MV143"]);
        expect(codes({ indexes: [] }, { indexes: [{ ...hnsw, indexType: "FLAT" }] })).to.deep.equal([]);
        // One that stays is not built.
        expect(codes({}, ttl)).to.deep.equal([]);
    });
});
