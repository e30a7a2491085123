import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Command } from "commander";

import { addReportOption, addSaveOption, RunReport } from "../../../cli/report/runReport";
import { readSavedPlans } from "../../../provider/plan/approval/savedPlan";
import type { Server } from "../../../provider/resource/context/context";
import { savedPlanOf } from "../../../provider/resource/context/requireApproved";
import { contextOf } from "../../resource/context/contextOf";
import { testIo } from "../../support/cli/testIo";
import { useTemporaryFolder } from "../../support/temporaryFolder";
import { examplePlan } from "./example";

const at = {
    client: { target: "milvus.example:19530", database: "shop" },
    capabilities: { server: "milvus 2.5.16" },
} as unknown as Server;

describe("the report of a command", () => {
    const folder = useTemporaryFolder();

    /** A command line of a command with both options, and what it does with its report. */
    async function run(
        line: readonly string[],
        work: (report: RunReport) => Promise<void>,
    ): Promise<Error | undefined> {
        const io = testIo({ folder: folder(), now: () => Date.UTC(2026, 10, 30) });
        let failure: Error | undefined;
        const alter = addSaveOption(addReportOption(new Command("alter")));
        alter.action(async (options: object, command: Command) => {
            const report = new RunReport(io, command, options, (text) =>
                text.replaceAll("the program", "the schema"),
            );
            await report.around(() => work(report)).catch((error: unknown) => (failure = error as Error));
        });
        await new Command("pulumi-milvus")
            .version("1.2.3")
            .addCommand(alter)
            .parseAsync(line, { from: "user" });
        return failure;
    }
    const page = () => readFileSync(join(folder(), "docs.html"), "utf8");
    const both = ["alter", "--report", "docs.html", "--save", "plan.json"];

    it("has the plan, the run and its end, and saves the plan that a stack approves", async () => {
        await run(both, (report) => {
            report.planned("docs", examplePlan(), at);
            const context = report.listening(contextOf("", []));
            context.print("docs: migrate all rows");
            report.begin();
            context.print("alias live: points at docs_ba4d643 now");
            return Promise.resolve();
        });
        expect(page()).to.include(">done<").and.to.include("milvus.example:19530, milvus 2.5.16");
        expect(page())
            .to.include("pulumi-milvus 1.2.3")
            .and.to.include("alias live: points at docs_ba4d643 now");
        // The lines of the plan are no lines of the run.
        expect(page()).to.not.include("docs: migrate all rows");
        const { hash } = savedPlanOf({ name: "docs", plan: examplePlan() });
        expect(readSavedPlans(readFileSync(join(folder(), "plan.json"), "utf8"))[0]!.hash).to.equal(hash);
        expect(page()).to.include(hash);
        expect(page()).to.include("draft is omitted from the schema");
    });

    it("tells of a plan alone, and of a run that failed", async () => {
        await run(both, (report) => Promise.resolve(report.planned("docs", examplePlan(), at)));
        expect(page()).to.include("planned, no changes made");
        const failure = await run(both, (report) => {
            report.planned("docs", examplePlan(), at);
            report.begin();
            return Promise.reject(new Error("docs: cancelled [MV355]"));
        });
        expect(failure!.message).to.equal("docs: cancelled [MV355]");
        expect(page()).to.include(">stopped<").and.to.include("docs: cancelled [MV355]");
    });

    it("is written by nobody who did not ask, or who has no plan", async () => {
        await run(["alter"], (report) => Promise.resolve(report.planned("docs", examplePlan(), at)));
        await run(both, () => Promise.resolve());
        expect(existsSync(join(folder(), "docs.html"))).to.equal(false);
    });

    it("does not hide the error of the work behind its own", async () => {
        const failure = await run(["alter", "--report", "none/docs.html"], (report) => {
            report.planned("docs", examplePlan(), at);
            return Promise.reject(new Error("the work"));
        });
        expect(failure!.message).to.equal("the work");
    });
});
