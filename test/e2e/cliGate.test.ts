import { expect } from "chai";

import { alterLine, type ArticleSite, changed, openArticleSite } from "../support/cli/articleSite";
import { linesOf } from "../support/cli/documentedLines";
import { onServers } from "../support/servers/onServers";

onServers("`alter --gate`", { servers: ["milvus-lite-3.2.2"], fast: [] }, (server) => {
    let site: ArticleSite;
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        site = await openArticleSite(server(), 200);
        await site.writeSchema(changed);
    });
    afterEach(() => site.close());

    it("says what is wrong in the words of the command, and prints the figures as JSON", async function () {
        this.timeout(5 * 60_000);
        const refused = await site.run(
            alterLine(site.name, "--yes", "--gate", "5", "--max-latency-ratio", "0"),
        );
        expect(refused.err).to.match(/maxLatencyRatio is 0\..*\[MV005\]/s);
        const judged = await site.run(alterLine(site.name, "--yes", "--gate-module", "./none.js"));
        expect(judged.err).to.match(/--gate-module: \S+none\.js cannot be loaded.*\[MV431\]/s);
        const altered = await site.run(
            alterLine(site.name, "--yes", "--json", "--gate", "5", "--min-recall", "0.9"),
        );
        expect(altered.code, altered.out + altered.err).to.equal(0);
        const gates = linesOf(altered.out).flatMap((line) => {
            const { event } = line as { event?: { kind: string; passed?: boolean; fields?: object[] } };
            return event?.kind === "gate" ? [event] : [];
        });
        expect(gates).to.have.length(1);
        expect(gates[0]).to.deep.include({ passed: true });
        expect(gates[0]!.fields![0]).to.deep.include({ field: "vector", queries: 5, baseline: "exact" });
    });
});
