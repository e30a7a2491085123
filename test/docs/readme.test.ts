import { expect } from "chai";

import { recorded } from "../../provider/plan/offline";
import { planCollection } from "../../provider/plan/plan";
import { renderPlan } from "../../provider/plan/render/text";
import { servers } from "../plan/servers";
import { blocks } from "./blocks/checked";
import { mistakesInPrograms } from "./blocks/typescript";
import { textOf } from "./pages";
import { block, blockOnce, declared, programs } from "./readme";

const mostWords = 1300;

describe("README", () => {
    it(`has at most ${mostWords} words`, () => {
        const words = textOf("README.md")
            .split(/\s+/)
            .filter((word) => /[\p{L}\p{N}]/u.test(word));
        expect(words.length).to.be.at.most(mostWords);
    });

    it("shows programs that compile", function () {
        this.timeout(5 * 60_000);
        const found = mistakesInPrograms();
        for (const name of ["first-program", "change"]) {
            const { line } = blocks.find((one) => one.page === "README.md" && one.name === name)!;
            expect(found[`README.md:${line}`], name).to.deep.equal([]);
        }
        expect(found.wrong).to.have.length(1);
    });

    it("shows the preview of its change", () => {
        const { first, changed } = programs();
        const [deployed, target] = [declared(first), declared(changed)];
        const plan = planCollection({
            deployed,
            target,
            source: { ...recorded(deployed), name: "docs_3fa9c1d" },
            rows: 10_000,
            bytes: 44_000_000,
            estimate: { seconds: 12 },
            capabilities: servers["milvus-2.6.18"]!,
            unknowns: false,
        });
        const lines = renderPlan(plan, { name: "docs" }).join("\n");
        expect(blockOnce("preview", lines)).to.equal(lines);
    });

    it("names only scripts that exist", () => {
        const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
        const named = [...block("try").matchAll(/npm (?:run )?(\w+)/g)].map(([, name]) => name!);
        expect(Object.keys(scripts)).to.include.members(named.filter((name) => name !== "ci"));
    });
});
