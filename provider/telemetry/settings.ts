/** What somebody outside wants to know of a run, and where. */
export interface TelemetrySettings {
    /** Metrics for Prometheus; undefined where no port is asked for. */
    metrics?: ListenAddress | undefined;
    /** Spans for OpenTelemetry; undefined where no endpoint is set. */
    traces?: TraceSettings | undefined;
}

export interface ListenAddress {
    /** 0: any free port. */
    port: number;
    address: string;
}

export interface TraceSettings {
    /** Where spans are posted to. */
    url: string;
    /** As `OTEL_EXPORTER_OTLP_PROTOCOL` has it. */
    protocol: string;
    /** The W3C trace context that this run is a part of. */
    traceParent?: string | undefined;
}
