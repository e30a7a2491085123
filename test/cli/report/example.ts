import { RunRecorder } from "../../../cli/report/recorder";
import { reportPlan } from "../../../cli/report/planSection";
import type { ReportContent } from "../../../cli/report/page";
import { verifiedText } from "../../../provider/migration/verify/summary";
import { rowsText } from "../../../provider/inputs/report/figures";
import { planForm } from "../../../provider/plan/approval/planForm";
import { savedPlan } from "../../../provider/plan/approval/savedPlan";
import { recorded } from "../../../provider/plan/offline";
import { type CollectionPlan, planCollection } from "../../../provider/plan/plan";
import { collection, field, hnsw } from "../../plan/arbitrary";
import { servers } from "../../plan/servers";

const silent = { say: () => undefined, progress: () => undefined };
const [rows, began] = [1_234_567, Date.UTC(2026, 10, 30, 9, 0, 0)];

/** A migration with a field more, one less and one that is renamed, and something to read in its findings. */
export function examplePlan(): CollectionPlan {
    const deployed = collection({
        description: "Articles <b>of the shop</b>",
        fields: [
            ...collection().fields,
            field({ name: "page_num", dataType: "Int32" }),
            field({ name: "draft", dataType: "VarChar", maxLength: 64 }),
        ],
        properties: { "collection.ttl.seconds": "86400" },
    });
    const target = collection({
        description: "Articles <script>alert(1)</script> & more",
        fields: [
            ...collection().fields,
            field({ name: "page", dataType: "Int32", previousName: "page_num" }),
            field({ name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" }),
            field({ name: "reviewed", dataType: "Bool" }),
        ],
        indexes: [{ ...hnsw, params: { M: 32, efConstruction: 200 } }],
        properties: { "collection.ttl.seconds": "86400" },
    });
    return planCollection({
        deployed,
        target,
        source: { ...recorded(deployed), name: "docs_3fa9c1d", aliases: ["live"] },
        capabilities: servers["milvus-2.5.16"],
        unknowns: false,
        rows,
        bytes: 2_345_678_901,
        estimate: { seconds: 190 },
    });
}

/** What a run of it tells, with a clock of its own. */
export function exampleRun(until: "switched" | "differs" = "switched"): RunRecorder {
    let now = began;
    const recorder = new RunRecorder(() => now);
    const report = recorder.report(silent);
    const print = recorder.print(() => undefined);
    const after = (seconds: number) => (now += seconds * 1000);
    const count = (step: "copy" | "verify" | "index" | "load", seconds: number, total: number) => {
        const ticks = seconds * 10;
        for (let tick = 1; tick <= ticks; tick++) {
            after(0.1);
            // Slower while the server compacts.
            const share = tick / ticks;
            const paced = share - 0.06 * Math.sin(share * Math.PI * 4);
            report.progress({ step, done: Math.round(total * Math.min(1, Math.max(0, paced))), total });
        }
    };
    recorder.begin("prepare");
    after(1.4);
    count("copy", 96, rows);
    report.say(`copied ${rowsText(rows)} from docs_3fa9c1d to docs_ba4d643; building indexes`);
    after(21);
    count("load", 9, 100);
    count("verify", 58, rows);
    if (until === "differs") {
        recorder.failed(
            new Error(
                "docs_ba4d643 is not a copy of docs_3fa9c1d: rows of the copy: 2 differ (17, 23). Nothing was switched, and docs_3fa9c1d keeps serving [MV308]",
            ),
        );
        return recorder;
    }
    report.say(
        "312 rows written to docs_3fa9c1d and 4 deleted from it during the migration were carried over",
    );
    const { mapping } = examplePlan().migration!;
    report.say(verifiedText({ name: "docs_ba4d643", rows: rows + 308, seconds: 58, mapping, by: "keys" }));
    after(0.8);
    report.say("docs_3fa9c1d: blocking writes for the final pass, then switching");
    after(1.1);
    print("alias live: points at docs_ba4d643 now, and no longer at docs_3fa9c1d");
    print("warning: docs: <i>late</i> writers still use docs_3fa9c1d");
    after(2.2);
    print("docs: dropped docs_3fa9c1d, whose rows are in its successor");
    recorder.ended();
    return recorder;
}

export function exampleReport(kind: "plan" | "run" | "differs" | "state" = "run"): ReportContent {
    const plan = examplePlan();
    const saved = savedPlan(planForm(plan, { name: "docs" }));
    const facts = [
        ["Server", "milvus.example:19530, milvus 2.5.16"],
        ["Database", "shop"],
    ] as const;
    const head = { title: "docs", version: "1.2.3", madeAt: began + 200_000, facts };
    if (kind === "state")
        return {
            ...head,
            title: "milvus.example:19530",
            command: "status",
            state: [
                {
                    title: "docs: copying",
                    progress: { done: 400_123, total: rows },
                    facts: [
                        ["Copy", "docs_ba4d643"],
                        ["Lease", "host-7, until 09:02:10 UTC"],
                        ["Owner", "shop/prod/docs"],
                    ],
                },
                {
                    title: "pages_77aa001: a copy that an interrupted run left",
                    facts: [["Rows", "12,000"]],
                    attention: "`pulumi-milvus cleanup` drops it",
                },
            ],
        };
    const planned = {
        ...head,
        command: kind === "plan" ? "plan" : "alter",
        plan: reportPlan(plan, "docs", saved),
    };
    if (kind === "plan") return planned;
    return { ...planned, events: exampleRun(kind === "differs" ? "differs" : "switched").events };
}
