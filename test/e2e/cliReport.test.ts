import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { readSavedPlans } from "../../provider/plan/approval/savedPlan";
import { alterLine, type ArticleSite, changed, openArticleSite } from "../support/cli/articleSite";
import type { ServerName } from "../support/servers";
import { onServers } from "../support/servers/onServers";

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];

onServers("the report of a command", { servers, fast: [] }, (server, serverName) => {
    let site: ArticleSite;
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        site = await openArticleSite(server(), 2_000, serverName === "milvus-2.3.5" ? ["explicit"] : []);
        await site.writeSchema(changed);
    });
    afterEach(() => site.close());
    const file = (name: string) => readFileSync(join(site.folder, name), "utf8");

    it("has the plan, the hash of the saved plan, a run to its end, and what stands on the server", async function () {
        this.timeout(5 * 60_000);
        const planned = await site.run([
            ...["plan", "-c", site.name, "-s", "schema.json"],
            ...["--report", "plan.html", "--save", "plan.json"],
        ]);
        expect(planned.code, planned.out + planned.err).to.equal(0);
        const [saved] = readSavedPlans(file("plan.json"));
        expect(saved!.plan).to.include({ collection: site.name, strategy: "migrate" });
        expect(file("plan.html")).to.include("planned, no changes made").and.to.include(saved!.hash);
        expect(file("plan.html")).to.include("Migrate 2,000 rows").and.to.not.include("<h2>Log</h2>");

        const done = await site.run(alterLine(site.name, "--yes", "--report", "alter.html"));
        expect(done.code, done.out + done.err).to.equal(0);
        const run = file("alter.html");
        expect(run).to.include('<span class="state good">done</span>').and.to.include("<b>Equal.</b>");
        expect(run).to.include("2,000 rows compared value by value").and.to.include(saved!.hash);
        for (const phase of ["copy rows", "build indexes", "compare rows"]) expect(run).to.include(phase);
        expect(run).to.match(/2,000<\/b\s*><span>rows copied/);

        const status = await site.run(["status", "--report", "status.html"]);
        expect(status.code, status.out + status.err).to.equal(0);
        expect(file("status.html")).to.include("as it is now").and.to.include("pulumi-milvus status");
    });

    it("is not written for a schema that cannot be read, and says why it cannot be written", async function () {
        this.timeout(5 * 60_000);
        const none = await site.run(["plan", "-c", site.name, "-s", "none.json", "--report", "plan.html"]);
        expect(none.code).to.equal(1);
        expect(existsSync(join(site.folder, "plan.html"))).to.equal(false);
        const nowhere = await site.run([
            ...["plan", "-c", site.name, "-s", "schema.json", "--report", "none/plan.html"],
        ]);
        expect(nowhere.code).to.equal(1);
        expect(nowhere.err).to.include("[MV570]");
    });
});
