import type { CodeEntry } from "../../inputs/report/code";

/** Metrics and traces. They never stop a run. */
export const telemetry = {
    MV490: {
        title: "Metrics cannot be served",
        severity: "warning",
        retryable: false,
        example:
            "milvus:metricsPort: no metrics at 127.0.0.1:9464 (listen EADDRINUSE: address already in use 127.0.0.1:9464). The run goes on without them. Another run, or another provider of this run, may listen there: set another port, or 0 for any free one",
    },
    MV491: {
        title: "No spans are sent",
        severity: "warning",
        retryable: false,
        example:
            "OTEL_EXPORTER_OTLP_ENDPOINT: no spans are sent: a package of OpenTelemetry is missing. Install them: npm install @opentelemetry/sdk-trace-base@2 @opentelemetry/resources@2 @opentelemetry/exporter-trace-otlp-proto@0.223",
    },
    MV492: {
        title: "Spans could not be sent",
        severity: "warning",
        retryable: false,
        example:
            "OTEL_EXPORTER_OTLP_ENDPOINT: spans could not be sent (connect ECONNREFUSED 127.0.0.1:4318). The migration goes on without them. Check that an OTLP/HTTP receiver listens there",
    },
} as const satisfies Record<`MV4${number}`, CodeEntry>;
