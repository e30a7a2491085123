import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { recorded } from "../../provider/plan/offline";
import { planCollection } from "../../provider/plan/plan";
import { planJson } from "../../provider/plan/render/json";
import { mistakesInShell, mistakesInSyntax } from "../docs/blocks/shell";
import { root } from "../docs/pages";
import { declared, programs } from "../docs/readme";
import { servers } from "../plan/servers";
import { useTemporaryFolder } from "../support/temporaryFolder";
import { githubActions, githubScripts, gitlabScripts } from "./pipelines";

describe("examples/ci", () => {
    const folder = useTemporaryFolder();

    it("has scripts that bash reads, with commands and settings that exist", () => {
        const scripts = [...githubScripts(), ...gitlabScripts()];
        expect(scripts.filter(({ text }) => text.includes("pulumi preview --stack"))).to.have.length(4);
        for (const { job, step, text } of scripts) {
            expect(mistakesInSyntax(text), `${job} ${step}`).to.equal("");
            expect(mistakesInShell(text), `${job} ${step}`).to.deep.equal([]);
        }
    });

    it("uses actions of a pinned major version", () => {
        for (const action of githubActions()) expect(action).to.match(/^[\w-]+\/[\w-]+@v\d+$/);
    });

    /** What `plans.mjs` says of a preview with this plan. */
    function ruled(plan: object, environment = {}) {
        const file = join(folder(), "plans.txt");
        const line = JSON.stringify(plan);
        writeFileSync(
            file,
            `@ previewing update....\n    docs  ${line}\nDiagnostics:\n  docs:\n    ${line}\n`,
        );
        const env = { ...process.env, ...environment };
        const script = join(root, "examples/ci/plans.mjs");
        return spawnSync(process.execPath, [script, file], { encoding: "utf8", env });
    }

    it("has rules that stop at a loss, at too many rows and at a blocked plan", () => {
        const { first, changed } = programs();
        const deployed = declared(first);
        const plan = planCollection({
            deployed,
            target: declared(changed),
            source: { ...recorded(deployed), name: "docs_3fa9c1d" },
            rows: 10_000,
            capabilities: servers["milvus-2.6.18"]!,
            unknowns: false,
        });
        const lossy = ruled(planJson(plan, { name: "docs" }));
        expect(lossy.stdout).to.equal("docs: migrate, 10,000 rows\n");
        expect(lossy.stderr).to.equal("docs: fields loses data [MV101]\n");
        expect(lossy.status).to.equal(1);

        const harmless = { ...planJson(plan, { name: "docs" }), findings: [] };
        expect(ruled(harmless).status).to.equal(0);
        expect(ruled(harmless, { MOST_ROWS: "9999" }).stderr).to.include("moves 10,000 rows");
        expect(ruled({ ...harmless, verdict: "blocked" }).stderr).to.equal("docs is blocked\n");
    });
});
