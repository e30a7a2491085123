import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace, type Tracer } from "@opentelemetry/api";
import type { ReadableSpan, SpanExporter, SpanProcessor } from "@opentelemetry/sdk-trace-base";

import type { TraceSettings } from "./settings";
import { readTraceParent } from "./traceParent";

/** What the attributes of spans hold. */
export type Attributes = Record<string, string | number | boolean>;

/** How long the end of a call waits for a collector. One that is too slow once is not waited for again. */
const FLUSH_MS = 2_000;

/**
 * The packages of OpenTelemetry are installed by those who use them: they take 25 MB. These are the last for Node 20. They are no
 * optional peers: npm refuses to install those beside release 1, which Pulumi's SDK brings (ERESOLVE, npm 11, measured).
 */
export const packages = [
    "@opentelemetry/sdk-trace-base@2",
    "@opentelemetry/resources@2",
    "@opentelemetry/exporter-trace-otlp-proto@0.223",
] as const;

/** Sends spans to a collector. */
export class Traces {
    private constructor(
        private readonly tracer: Tracer,
        private readonly processor: SpanProcessor,
        private readonly settings: TraceSettings,
        private readonly sending: Sending,
    ) {}

    /** Throws where a package of OpenTelemetry is missing, or too old. */
    static async open(settings: TraceSettings, version: string): Promise<Traces> {
        const sdk = await import("@opentelemetry/sdk-trace-base");
        const resources = await import("@opentelemetry/resources");
        const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-proto");
        if (typeof resources.resourceFromAttributes !== "function")
            throw new Error("release 1 of OpenTelemetry is installed, and release 2 is needed");
        const sending: Sending = { error: undefined };
        const exporter = watchedExporter(new OTLPTraceExporter({ url: settings.url }), sending);
        const processor = new sdk.BatchSpanProcessor(exporter);
        const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
        // What the environment says goes before: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
        const resource = defaultResource()
            .merge(resourceFromAttributes({ "service.name": "pulumi-milvus", "service.version": version }))
            .merge(detectResources({ detectors: [envDetector] }));
        // Not registered for the process: Pulumi's SDK has spans of its own there.
        const provider = new sdk.BasicTracerProvider({ resource, spanProcessors: [processor] });
        return new Traces(provider.getTracer("pulumi-milvus", version), processor, settings, sending);
    }

    /** @param under the span or the trace context that it is a part of; by default that of the run */
    start(name: string, attributes: Attributes, under: Span | string | undefined): Span {
        const parent =
            typeof under === "object"
                ? under.spanContext()
                : readTraceParent(under ?? this.settings.traceParent);
        const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
        return this.tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes }, context);
    }

    /** An error is told by its code: its message may hold values of rows. */
    static end(span: Span, attributes: Attributes, error?: { type: string }): void {
        span.setAttributes(attributes);
        if (error) {
            span.setAttribute("error.type", error.type);
            span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
    }

    /** Sends what has ended. Returns what went wrong since the last time. */
    async flush(): Promise<string | undefined> {
        const { sending } = this;
        const isWaitedFor = sending.error === undefined;
        const flushed = this.processor.forceFlush().then(
            () => true,
            () => true,
        );
        if (isWaitedFor && !(await Promise.race([flushed, after(FLUSH_MS)])))
            sending.error ??= `no answer within ${FLUSH_MS / 1000} s`;
        return sending.error;
    }

    async close(): Promise<void> {
        const closed = this.processor.shutdown().catch(() => undefined);
        if (this.sending.error === undefined) await Promise.race([closed, after(FLUSH_MS)]);
    }
}

interface Sending {
    error: string | undefined;
}

/** The SDK tells nobody where an export fails. */
function watchedExporter(exporter: SpanExporter, sending: Sending): SpanExporter {
    return {
        export: (spans: ReadableSpan[], done) =>
            exporter.export(spans, (result) => {
                if (result.error) sending.error ??= result.error.message || result.error.name;
                done(result);
            }),
        shutdown: () => exporter.shutdown(),
    };
}

function after(ms: number): Promise<false> {
    return new Promise((resolve) => {
        setTimeout(() => resolve(false), ms).unref();
    });
}
