import { expect } from "chai";

import { failure } from "../fake/failure";
import { open } from "../fake/open";
import { observedRun, type ObservedRun } from "../support/telemetry/observedRun";
import { openReceiver, type ReceivedSpan } from "../support/telemetry/otlpReceiver";
import { readMetrics, statesOf, valueOf } from "../support/telemetry/readMetrics";

const here = { port: 0, address: "127.0.0.1" };
const traceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

const scrape = async ({ url }: ObservedRun) => {
    const response = await fetch(url());
    return { type: response.headers.get("content-type"), samples: readMetrics(await response.text()) };
};

/** The spans below a span, in the order of their starts, each with its own. */
const treeOf = (spans: readonly ReceivedSpan[], parent: string): unknown[] =>
    spans
        .filter((span) => span.parent === parent)
        .sort((a, b) => Number(a.start - b.start))
        .map((span) => {
            const below = treeOf(spans, span.spanId);
            return below.length === 0 ? span.name : [span.name, ...below];
        });

describe("a migration that somebody watches", function () {
    this.timeout(120_000);
    const opened: { close: () => Promise<void> }[] = [];
    const keep = <T extends { close: () => Promise<void> }>(one: T): T => {
        opened.push(one);
        return one;
    };
    afterEach(async () => {
        for (const one of opened.splice(0)) await one.close();
    });

    it("shows where it is at each call of a run, and a trace with a span a phase", async () => {
        const { fake } = await open("2.6.18", { pending: 0 });
        const receiver = keep(await openReceiver());
        const traces = { url: `${receiver.endpoint}/v1/traces`, protocol: "http/protobuf", traceParent };
        const run = keep(await observedRun(fake.address, { metrics: here, traces }));

        await run.copy();
        const { type, samples: copied } = await scrape(run);
        expect(type).to.match(/^text\/plain; version=0\.0\.4/);
        const labels = { project: "shop", stack: "prod", collection: "docs" };
        for (const { labels: own } of copied) expect(own).to.include(labels);
        expect(statesOf(copied)).to.deep.equal(["copied"]);
        expect(valueOf(copied, "copied_rows_total")).to.equal(100);
        expect(valueOf(copied, "progress_expected_rows", { step: "copy" })).to.equal(100);
        expect(valueOf(copied, "sent_bytes_total")).to.be.greaterThan(1000);
        expect(valueOf(copied, "lease_held")).to.equal(0);
        expect(valueOf(copied, "write_lag_seconds")).to.be.greaterThan(0);
        const info = copied.find(({ name }) => name === "pulumi_milvus_migration_info")!;
        expect(info.labels).to.include({ source: run.old, target: run.copied(), database: "default" });

        await run.insert(7, 100);
        await run.moveAlias();
        const { samples: switched } = await scrape(run);
        expect(statesOf(switched)).to.deep.equal(["switched"]);

        await run.drop();
        const { samples: done } = await scrape(run);
        expect(statesOf(done)).to.deep.equal(["done"]);
        expect(valueOf(done, "migrations_total", { outcome: "done" })).to.equal(1);
        expect(valueOf(done, "late_writes_total", { outcome: "applied" })).to.equal(7);
        expect(valueOf(done, "passes_total", { phase: "late-writes" })).to.be.greaterThan(0);

        const [remoteTrace, remoteSpan] = traceParent.split("-").slice(1);
        const { spans } = receiver;
        expect([...receiver.paths]).to.deep.equal(["/v1/traces application/x-protobuf"]);
        expect(new Set(spans.map(({ traceId }) => traceId))).to.deep.equal(new Set([remoteTrace]));
        const [whole] = treeOf(spans, remoteSpan!) as [[string, ...(string | string[])[]]];
        const flat = whole.map((one) => (typeof one === "string" ? one : one[0]!));
        const runs = flat.filter((one, place) => one !== flat[place - 1]);
        expect(runs.slice(0, 5)).to.deep.equal(["migration", "copy", "index", "load", "verify"]);
        expect(runs.slice(-3)).to.deep.equal(["switch", "late-writes", "drop"]);
        expect(whole.find((one) => one[0] === "verify")).to.deep.equal(["verify", "catch-up"]);
        const copy = spans.find(({ name }) => name === "copy")!;
        expect(copy.attributes).to.deep.include({
            "db.system.name": "milvus",
            "db.namespace": "default",
            "db.collection.name": run.copied(),
            "pulumi_milvus.source": run.old,
            "pulumi_milvus.rows": "100",
            "pulumi_milvus.retries": "0",
        });
        expect(copy.resource).to.include({ "service.name": "pulumi-milvus" });
        expect(spans.filter(({ isError }) => isError)).to.deep.equal([]);
        const root = spans.find(({ name }) => name === "migration")!;
        for (const { start, end } of spans) expect(start >= root.start && end <= root.end).to.equal(true);
    });

    it("ends with the state failed and the code of the error, and its spans hold no value of a row", async () => {
        const { fake } = await open("2.6.18", { pending: 0 });
        const receiver = keep(await openReceiver());
        const traces = { url: `${receiver.endpoint}/v1/traces`, protocol: "http/protobuf" };
        const run = keep(await observedRun(fake.address, { metrics: here, traces }));
        fake.failNext("Flush", { code: 1100, reason: "secret of a row" });
        await failure(run.copy());
        const { samples } = await scrape(run);
        expect(statesOf(samples)).to.deep.equal(["failed"]);
        expect(valueOf(samples, "migrations_total", { outcome: "failed" })).to.equal(1);
        const failed = receiver.spans.filter(({ isError }) => isError);
        expect(failed.map(({ name }) => name).sort()).to.deep.equal(["index", "migration"]);
        for (const { attributes } of failed) expect(attributes).to.include({ "error.type": "MV213" });
        expect(JSON.stringify(receiver.spans, (_, value: unknown) => String(value))).to.not.include("secret");
    });

    it("counts the calls that it repeats", async () => {
        const { fake } = await open("2.6.18", { pending: 0 });
        const run = keep(await observedRun(fake.address, { metrics: here }));
        fake.failNext("Insert", { code: 8, reason: "rate limit" });
        await run.copy();
        const { samples } = await scrape(run);
        expect(valueOf(samples, "retries_total", { kind: "rate-limited" })).to.equal(1);
        expect(valueOf(samples, "sent_batches_total")).to.be.greaterThan(0);
    });
});
