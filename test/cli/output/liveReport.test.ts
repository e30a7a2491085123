import { expect } from "chai";

import { liveReport } from "../../../cli/output/liveReport";
import { Output } from "../../../cli/output/output";
import { linesOf } from "../../support/cli/documentedLines";
import { testIo } from "../../support/cli/testIo";

/** A migration of 100 rows in 20 s. */
function report(columns: number | undefined, json = false): string {
    let now = 0;
    const io = testIo({ columns, now: () => now });
    const output = new Output(io, "alter", { json, color: false });
    const live = liveReport(io, output, "docs");
    live.say("migrates 100 rows");
    for (const done of [0, 50, 100]) {
        live.progress({ step: "copy", done, total: 100 });
        if (done === 50) live.say("warning: a row was skipped [MV315]");
        now += 10_000;
    }
    live.stop();
    output.line("done");
    return io.stdout.text;
}

describe("the progress of a migration", () => {
    it("is plain lines where it is piped", () => {
        const text = report(undefined);
        expect(text.split("\n")).to.deep.equal([
            "docs: migrates 100 rows",
            "docs: copied 50 of 100 rows, 5 rows/s, 10 s left",
            "warning: docs: a row was skipped [MV315]",
            "  see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv315",
            "docs: copied 100 of 100 rows, 5 rows/s",
            "done",
            "",
        ]);
    });

    it("is a live bar on a terminal, with lines above it", () => {
        const text = report(100);
        expect(text).to.include("docs: migrates 100 rows\n").and.include("a row was skipped");
        expect(text).to.match(/█{5,} {2}100 % {2}100 of 100 rows {2}5 rows\/s/);
        expect(text.endsWith("done\n")).to.equal(true);
    });

    it("has the figures of a gate as an event for scripts alone", () => {
        const latency = { p50: 1, p95: 2, p99: 3, count: 200 };
        const field = {
            field: "vector",
            queries: 5,
            topK: 10,
            baseline: "exact",
            overlap: null,
            latency,
        } as const;
        const figures = { ...field, recall: { mean: 1, lowest: 1 }, oldRecall: null, oldLatency: null };
        const outcome = { old: "docs_a", new: "docs_b", passed: true, fields: [figures] };
        const said = (json: boolean) => {
            const io = testIo({ columns: undefined });
            const output = new Output(io, "alter", { json, color: false });
            liveReport(io, output, "docs").gate?.(outcome);
            return io.stdout.text;
        };
        expect(linesOf(said(true))).to.deep.equal([
            { type: "event", event: { kind: "gate", name: "docs", ...outcome }, command: "alter" },
        ]);
        expect(said(false)).to.equal("");
    });

    it("is an object a line for scripts", () => {
        const lines = linesOf(report(undefined, true));
        expect(lines[0]).to.deep.equal({
            type: "event",
            event: { kind: "message", name: "docs", message: "migrates 100 rows" },
            command: "alter",
        });
        expect(lines.at(-1)).to.deep.include({
            event: { kind: "progress", name: "docs", step: "copy", done: 100, total: 100 },
        });
    });
});
