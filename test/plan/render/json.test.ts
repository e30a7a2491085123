import { expect } from "chai";

import type { Collection } from "../../../provider/inputs/schema/collection";
import { Migration } from "../../../provider/inputs/schema/migration";
import { recorded } from "../../../provider/plan/offline";
import { type PlanJson, planJson } from "../../../provider/plan/render/json";
import { planCollection, type PlanInput } from "../../../provider/plan/plan";
import { collection, embed, id, text, vector } from "../arbitrary";
import { withText } from "../edits";
import { servers } from "../servers";

function json(after: Partial<Collection>, input: Partial<PlanInput> = {}) {
    const deployed = collection();
    const plan = planCollection({
        deployed,
        target: collection(after),
        source: recorded(deployed),
        capabilities: servers["milvus-2.5.16"],
        unknowns: false,
        ...input,
    });
    return JSON.parse(JSON.stringify(planJson(plan, { name: "docs" }))) as unknown;
}

describe("a plan as JSON", () => {
    it("has all its keys, with figures as numbers", () => {
        const measured = { rows: 1_234, bytes: 99_000, estimate: { seconds: 3.5 } };
        expect(json(withText({ nullable: true }), measured)).to.deep.equal({
            collection: "docs",
            verdict: "migrate",
            changes: [{ kind: "alter-nullable", text: "~ text: nullable" }],
            steps: [
                "copy 1,234 rows (about 99 kB)",
                "build index",
                "load",
                "verify every row",
                "cut over",
                "drop old collection",
            ],
            replaces: ["fields"],
            reasons: ["Milvus cannot change whether a field is nullable"],
            rows: 1_234,
            rowsDropped: 0,
            bytes: 99_000,
            memoryBytes: 198_000,
            seconds: 3.5,
            rollbackTo: null,
            retained: [],
            transform: null,
            gate: null,
            detached: null,
            findings: [],
        });
    });

    it("has what a gate asks, and its bar", () => {
        const gate = { queries: "./queries.jsonl", minRecall: 0.9, maxLatencyRatio: 2 };
        const migration = Migration.parse({ gate });
        const planned = json({ ...withText({ nullable: true }), migration }, { rows: 5 }) as PlanJson;
        expect(planned.steps).to.include.members(["verify every row", "ask the gate", "cut over"]);
        expect(planned.gate).to.deep.equal({ ...gate, module: null, topK: 10, baseline: "exact" });
    });

    it("has null for unknown values and values that do not apply", () => {
        expect(json(withText({ maxLength: 1024 }), { estimate: { seconds: 3 } })).to.deep.include({
            verdict: "update",
            steps: ["set max_length of text"],
            rows: null,
            bytes: null,
            memoryBytes: null,
            seconds: null,
        });
    });

    it("has the code of a finding, and the text that allows it", () => {
        const migration = { ...collection().migration, transform: embed, writes: "paused" as const };
        const fields = [id, { ...vector, dim: 16 }];
        expect(json({ fields, migration }, { rows: 7 })).to.deep.include({
            transform: { ...embed, fields: ["vector"], rows: 7 },
            findings: [
                {
                    code: "MV101",
                    severity: "warning",
                    path: "fields",
                    message: "text is omitted from the program. Its values are lost.",
                    fix: `Keep it in fields. If it was renamed, set previousName: "${text.name}" on the new field.`,
                    allow: "drop:text",
                    url: "https://pulumi-milvus.github.io/pulumi-milvus/findings#mv101",
                },
            ],
        });
    });
});
