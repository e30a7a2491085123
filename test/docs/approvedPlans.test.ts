import { expect } from "chai";

import { recorded } from "../../provider/plan/offline";
import { planCollection } from "../../provider/plan/plan";
import { renderPlan } from "../../provider/plan/render/text";
import { savedPlanOf } from "../../provider/resource/context/requireApproved";
import { servers } from "../plan/servers";
import { block, blockOnce, declared } from "./readme";

const page = "docs/approved-plans.md";

describe("docs/approved-plans.md", () => {
    it("shows the preview that prints a hash", () => {
        const first = block("first-program");
        const line = '    { name: "page_num", dataType: "Int32" },\n';
        const changed = first.replace(
            line,
            `${line}    { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },\n`,
        );
        const [deployed, target] = [declared(first), declared(changed)];
        const plan = planCollection({
            deployed,
            target,
            source: { ...recorded(deployed), name: "docs_3fa9c1d" },
            rows: 1_234,
            bytes: 5_400_000,
            estimate: { seconds: 5 },
            capabilities: servers["milvus-2.6.18"]!,
            unknowns: false,
        });
        const { hash } = savedPlanOf({ name: "docs", plan });
        const lines = [...renderPlan(plan, { name: "docs" }), `docs: plan ${hash}`].join("\n");
        expect(blockOnce("print", lines, page)).to.equal(lines);
    });
});
