import { expect } from "chai";

import { open } from "../fake/open";
import { useTemporaryFolder } from "../support/temporaryFolder";
import { alertsFile, queriesOf, readDashboard } from "../support/telemetry/dashboard";
import { observedRun } from "../support/telemetry/observedRun";
import { hasPrometheus, Prometheus, promtool } from "../support/telemetry/prometheus";
import { currentTier } from "../support/tier";

describe("a migration in a real Prometheus", function () {
    this.timeout(180_000);
    const folder = useTemporaryFolder();

    before(function () {
        // It takes a server, and no other part of the project does.
        if (currentTier() === "fast") this.skip();
        if (hasPrometheus()) return;
        this.test!.title = "needs Prometheus and promtool: `apt-get install prometheus`";
        this.skip();
    });

    it("is read, asked for, and shown by the queries of the dashboard", async () => {
        const { fake } = await open("2.6.18", { pending: 0 });
        const run = await observedRun(fake.address, { metrics: { port: 0, address: "127.0.0.1" } });
        let prometheus: Prometheus | undefined;
        try {
            await run.copy();
            const text = await (await fetch(run.url())).text();
            expect(promtool(["check", "metrics"], text)).to.equal(undefined);
            expect(promtool(["check", "rules", alertsFile])).to.equal(undefined);

            prometheus = await Prometheus.start(folder(), new URL(run.url()).host, alertsFile);
            const [copied] = await prometheus.until("pulumi_milvus_copied_rows_total");
            expect(copied!.value[1]).to.equal("100");
            expect(copied!.metric).to.include({ project: "shop", stack: "prod", collection: "docs" });
            const state = async () =>
                (await prometheus!.query("pulumi_milvus_migration_state == 1")).map(
                    ({ metric }) => metric["state"],
                );
            expect(await state()).to.deep.equal(["copied"]);

            await run.insert(5, 100);
            await run.moveAlias();
            await prometheus.until('pulumi_milvus_migration_state{state="switched"} == 1');
            const empty: string[] = [];
            for (const query of queriesOf(readDashboard()))
                if ((await prometheus.query(query)).length === 0) empty.push(query);
            // Nothing was repeated, and nothing has failed or is copied any more.
            for (const query of empty) expect(query).to.match(/retries_total|failed|rate\(.*> 0\)/);
            await run.drop();
            await prometheus.until('pulumi_milvus_migrations_total{outcome="done"} == 1');
            expect(await state()).to.deep.equal(["done"]);
        } finally {
            await run.close();
            await prometheus?.stop();
        }
    });
});
