import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { writePlan, writeReport } from "../../../cli/report/write";
import { planForm } from "../../../provider/plan/approval/planForm";
import { readSavedPlans, savedPlan } from "../../../provider/plan/approval/savedPlan";
import { testIo } from "../../support/cli/testIo";
import { useTemporaryFolder } from "../../support/temporaryFolder";
import { examplePlan, exampleReport } from "./example";

describe("the files of a report", () => {
    const folder = useTemporaryFolder();

    it("are written beside the user, and say why they are not", () => {
        const io = testIo({ folder: folder() });
        writeReport(io, "docs.html", exampleReport("plan"));
        expect(readFileSync(join(folder(), "docs.html"), "utf8")).to.match(/^<!doctype html>/);
        const saved = savedPlan(planForm(examplePlan(), { name: "docs" }));
        writePlan(io, "plan.json", saved);
        expect(readSavedPlans(readFileSync(join(folder(), "plan.json"), "utf8"))[0]!.hash).to.equal(
            saved.hash,
        );
        expect(() => writeReport(io, "none/docs.html", exampleReport("plan"))).to.throw(
            "--report: none/docs.html cannot be written (ENOENT). Give a file in a folder that exists and that this user can write to [MV570]",
        );
    });
});
