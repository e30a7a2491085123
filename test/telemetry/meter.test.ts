import { expect } from "chai";

import { MilvusError } from "../../provider/milvus/transport/errors";
import { trafficOf } from "../../provider/milvus/transport/traffic";
import { Meter } from "../../provider/telemetry/meter";
import { createMetrics } from "../../provider/telemetry/metrics";
import { Series } from "../../provider/telemetry/series";
import { failure } from "../fake/failure";
import { readMetrics, statesOf, valueOf } from "../support/telemetry/readMetrics";

const labels = { project: "shop", stack: "prod", collection: "docs" };
const client = { target: "localhost:19530", database: "default" };
const migration = {
    source: { client, ref: { database: undefined, name: "docs_3fa9c1d" } },
    target: { client, ref: { database: undefined, name: "docs_ba4d643" } },
    resumedRows: 0,
};

/** A meter with a clock that a test moves, and what Prometheus would read. */
function open() {
    const clock = { ms: 1_000_000 };
    const metrics = createMetrics();
    const series = new Series(metrics, labels, () => clock.ms);
    const meter = new Meter(series, undefined);
    const read = async () => {
        series.refresh();
        return readMetrics(await metrics.registry.metrics());
    };
    return { clock, meter, read };
}

describe("the metrics of a migration", () => {
    it("have one state at each moment: the outermost phase, or where the cutover stands", async () => {
        const { meter, read } = open();
        meter.begin(migration);
        const seen: unknown[] = [];
        const see = async () => seen.push(...statesOf(await read()));
        await meter.phase("copy", see);
        await meter.phase("verify", () => meter.phase("catch-up", see));
        meter.cutover("copied");
        await see();
        await meter.phase("catch-up", see);
        meter.cutover("fenced");
        await meter.phase("catch-up", see);
        meter.cutover("caught-up");
        await see();
        meter.cutover("switched");
        await see();
        await meter.phase("late-writes", see);
        meter.cutover("done");
        await meter.phase("drop", see);
        meter.end();
        await see();
        expect(seen).to.deep.equal([
            "copy",
            "verify",
            "copied",
            "catch-up",
            "fenced",
            "switch",
            "switched",
            "late-writes",
            "drop",
            "done",
        ]);
        expect(valueOf(await read(), "migrations_total", { outcome: "done" })).to.equal(1);
    });

    it("count rows that this process has copied, without those of the run before", async () => {
        const { meter, read } = open();
        meter.begin({ ...migration, resumedRows: 600 });
        meter.progress({ step: "copy", done: 700, total: 1000 });
        meter.progress({ step: "copy", done: 1000, total: 1000 });
        const now = await read();
        expect(valueOf(now, "copied_rows_total")).to.equal(400);
        expect(valueOf(now, "progress_rows", { step: "copy" })).to.equal(1000);
        expect(valueOf(now, "progress_expected_rows", { step: "copy" })).to.equal(1000);
    });

    it("tell the lag from the begin of the last complete pass on, and none before it or after the end", async () => {
        const { clock, meter, read } = open();
        meter.begin(migration);
        expect(valueOf(await read(), "write_lag_seconds")).to.equal(undefined);
        const began = clock.ms;
        clock.ms += 4_000;
        await meter.phase("catch-up", () =>
            Promise.resolve(meter.passed({ began, applied: 7, superseded: 2 })),
        );
        clock.ms += 6_000;
        const now = await read();
        expect(valueOf(now, "write_lag_seconds")).to.equal(10);
        expect(valueOf(now, "last_pass_duration_seconds")).to.equal(4);
        expect(valueOf(now, "last_pass_late_writes")).to.equal(9);
        expect(valueOf(now, "late_writes_total", { outcome: "applied" })).to.equal(7);
        expect(valueOf(now, "passes_total", { phase: "catch-up" })).to.equal(1);
        meter.end();
        expect(valueOf(await read(), "write_lag_seconds")).to.equal(undefined);
    });

    it("count the write pause and the time of a phase while they last", async () => {
        const { clock, meter, read } = open();
        meter.begin(migration);
        await meter.phase("catch-up", async () => {
            meter.cutover("fenced");
            clock.ms += 2_000;
            expect(valueOf(await read(), "write_pause_seconds_total")).to.equal(2);
            expect(valueOf(await read(), "migration_phase_seconds_total", { phase: "catch-up" })).to.equal(2);
            clock.ms += 1_000;
        });
        meter.cutover("caught-up");
        clock.ms += 500;
        meter.cutover("switched");
        clock.ms += 60_000;
        const now = await read();
        expect(valueOf(now, "write_pause_seconds_total")).to.equal(3.5);
        expect(valueOf(now, "migration_phase_seconds_total", { phase: "catch-up" })).to.equal(3);
        expect(valueOf(now, "migration_phase_seconds_total", { phase: "switch" })).to.equal(0.5);
    });

    it("tell how long the lease still holds", async () => {
        const { clock, meter, read } = open();
        meter.lease(clock.ms + 60_000);
        clock.ms += 20_000;
        expect(valueOf(await read(), "lease_held")).to.equal(1);
        expect(valueOf(await read(), "lease_remaining_seconds")).to.equal(40);
        clock.ms += 50_000;
        expect(valueOf(await read(), "lease_held")).to.equal(0);
        expect(valueOf(await read(), "lease_remaining_seconds")).to.equal(0);
        meter.lease(undefined);
        expect(valueOf(await read(), "lease_held")).to.equal(0);
    });

    it("count what the calls of the migration send and repeat, and nothing of other work", async () => {
        const { meter, read } = open();
        meter.begin(migration);
        await meter.phase("copy", async () => {
            await Promise.resolve();
            trafficOf()?.sent(4096);
            trafficOf()?.sent(1024);
            trafficOf()?.retried("rate-limited");
        });
        trafficOf()?.sent(1);
        const now = await read();
        expect(valueOf(now, "sent_bytes_total")).to.equal(5120);
        expect(valueOf(now, "sent_batches_total")).to.equal(2);
        expect(valueOf(now, "retries_total", { kind: "rate-limited" })).to.equal(1);
    });

    it("have the state failed after an error, until the migration begins again", async () => {
        const { meter, read } = open();
        meter.begin(migration);
        await failure(meter.phase("copy", () => Promise.reject(new MilvusError("lost", "gone"))));
        expect(statesOf(await read())).to.deep.equal(["failed"]);
        expect(valueOf(await read(), "migrations_total", { outcome: "failed" })).to.equal(1);
        // What comes after the error ends nothing twice.
        meter.end(new Error("gone"));
        expect(valueOf(await read(), "migrations_total", { outcome: "failed" })).to.equal(1);
        meter.begin(migration);
        await meter.phase("copy", async () => expect(statesOf(await read())).to.deep.equal(["copy"]));
    });

    it("name the two collections of the last migration alone", async () => {
        const { meter, read } = open();
        meter.begin(migration);
        meter.end();
        meter.begin({ ...migration, source: migration.target, target: migration.source });
        const info = (await read()).filter(({ name }) => name === "pulumi_milvus_migration_info");
        expect(info.map(({ labels: { source, target } }) => [source, target])).to.deep.equal([
            ["docs_ba4d643", "docs_3fa9c1d"],
        ]);
    });
});
