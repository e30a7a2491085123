import { packageVersion } from "../packageFolder";
import { RunError } from "../migration/errors";
import { keyOfLabels, type Labels } from "./labels";
import { Meter } from "./meter";
import type { Metrics } from "./metrics";
import type { MetricsServer } from "./metricsServer";
import { MigrationTrace, type TraceMemory } from "./migrationTrace";
import { Series } from "./series";
import type { ListenAddress, TelemetrySettings, TraceSettings } from "./settings";
import type { Traces } from "./traces";

type Print = (line: string) => void;

/**
 * The metrics and spans of one session. It opens with the first call that changes something, loads nothing before, and never
 * makes a call fail: what it cannot do is a warning.
 */
export class Telemetry {
    private opening: Promise<void> | undefined;
    private metrics: { all: Metrics; server: MetricsServer } | undefined;
    private traces: Traces | undefined;
    private isWarned = false;
    private readonly measured = new Map<string, { meter: Meter; series: Series | undefined }>();

    constructor(
        private readonly memory: TraceMemory,
        private readonly now: () => number = Date.now,
    ) {}

    /** Opens what is asked for, once. Warnings: `MV490`, `MV491`. */
    open(settings: TelemetrySettings, print: Print): Promise<void> {
        this.opening ??= Promise.all([
            settings.metrics && this.openMetrics(settings.metrics, print),
            settings.traces && this.openTraces(settings.traces, print),
        ]).then(() => undefined);
        return this.opening;
    }

    /** Undefined where nobody asked, or nothing could be opened. The same for all calls about one resource. */
    meterOf(labels: Labels): Meter | undefined {
        if (!this.metrics && !this.traces) return undefined;
        const key = keyOfLabels(labels);
        const known = this.measured.get(key);
        if (known) return known.meter;
        const series = this.metrics && new Series(this.metrics.all, labels, this.now);
        const trace = this.traces && new MigrationTrace(this.traces, labels, this.memory);
        const meter = new Meter(series, trace);
        this.measured.set(key, { meter, series });
        return meter;
    }

    /** A call waits for it: the engine ends the process after the last one. Warnings: `MV492`, once. */
    async settled(print: Print): Promise<void> {
        const problem = await this.traces?.flush();
        if (problem === undefined || this.isWarned) return;
        this.isWarned = true;
        warn(
            print,
            new RunError(
                "MV492",
                `OTEL_EXPORTER_OTLP_ENDPOINT: spans could not be sent (${problem}). The migration goes on without them. Check that an OTLP/HTTP receiver listens there`,
            ),
        );
    }

    async close(): Promise<void> {
        for (const { meter } of this.measured.values()) meter.close();
        await Promise.all([this.metrics?.server.close(), this.traces?.close()]);
    }

    private async openMetrics(at: ListenAddress, print: Print): Promise<void> {
        const { createMetrics } = await import("./metrics.js");
        const { MetricsServer: Endpoint } = await import("./metricsServer.js");
        const all = createMetrics();
        const text = () => {
            for (const { series } of this.measured.values()) series?.refresh();
            return all.registry.metrics();
        };
        try {
            const server = await Endpoint.open(at, { contentType: all.registry.contentType, text });
            this.metrics = { all, server };
            print(`metrics: ${server.url}`);
        } catch (error) {
            warn(
                print,
                new RunError(
                    "MV490",
                    `milvus:metricsPort: no metrics at ${at.address}:${at.port} (${(error as Error).message}). The run goes on without them. ` +
                        "Another run, or another provider of this run, may listen there: set another port, or 0 for any free one",
                ),
            );
        }
    }

    private async openTraces(settings: TraceSettings, print: Print): Promise<void> {
        try {
            if (settings.protocol !== "http/protobuf")
                throw new Error(
                    `OTEL_EXPORTER_OTLP_PROTOCOL is ${settings.protocol}. Set http/protobuf, and the port that receives it, 4318 by default`,
                );
            const { packages, Traces: Opened } = await import("./traces.js");
            this.traces = await Opened.open(settings, packageVersion(__dirname)).catch((error: unknown) => {
                throw new Error(`${reasonOf(error)}. Install them: npm install ${packages.join(" ")}`);
            });
        } catch (error) {
            warn(
                print,
                new RunError(
                    "MV491",
                    `OTEL_EXPORTER_OTLP_ENDPOINT: no spans are sent: ${(error as Error).message}`,
                ),
            );
        }
    }
}

/** Node tells a missing package over several lines. */
function reasonOf(error: unknown): string {
    const { code, message } = error as { code?: string; message: string };
    return code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND"
        ? "a package of OpenTelemetry is missing"
        : message.split("\n")[0]!;
}

const warn = (print: Print, { message }: RunError) => print(`warning: ${message}`);
