import { isIP } from "node:net";

import { RunError } from "../../migration/errors";
import type { ListenAddress, TelemetrySettings, TraceSettings } from "../../telemetry/settings";

type Lookup = (key: string) => string | undefined;

/** Each setting with its name in the stack's configuration (`milvus:...`) and in the environment. */
export const telemetrySettings = {
    metricsPort: "MILVUS_METRICS_PORT",
    metricsAddress: "MILVUS_METRICS_ADDRESS",
} as const;

/** Where metrics are served by default: to this machine alone. */
export const defaultMetricsAddress = "127.0.0.1";

/**
 * What the stack's configuration, then the environment ask for; undefined where they ask for nothing. Spans have the environment
 * variables of OpenTelemetry. Errors: `MV316` for a port or an address that is none.
 */
export function resolveTelemetry(config: Lookup, environment: Lookup): TelemetrySettings | undefined {
    const metrics = metricsOf(config, environment);
    const traces = tracesOf(environment);
    return metrics || traces ? { metrics, traces } : undefined;
}

function metricsOf(config: Lookup, environment: Lookup): ListenAddress | undefined {
    const read = (name: keyof typeof telemetrySettings) =>
        (config(`milvus:${name}`) ?? environment(telemetrySettings[name]))?.trim() || undefined;
    const text = read("metricsPort");
    const address = read("metricsAddress") ?? defaultMetricsAddress;
    if (isIP(address) === 0 && address !== "localhost")
        throw new RunError(
            "MV316",
            `milvus:metricsAddress: ${JSON.stringify(address)} is no address of a network interface. Set an IP address: ${defaultMetricsAddress} for this machine alone, 0.0.0.0 for every interface`,
        );
    if (text === undefined) return undefined;
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
        throw new RunError(
            "MV316",
            `milvus:metricsPort: ${JSON.stringify(text)} is no port. Set a number from 0 to 65535; 0 is any free port`,
        );
    return { port: Number(text), address };
}

/** Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/, and ".../configuration/sdk-environment-variables/". */
function tracesOf(environment: Lookup): TraceSettings | undefined {
    const read = (name: string) => environment(name)?.trim() || undefined;
    const own = read("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
    const shared = read("OTEL_EXPORTER_OTLP_ENDPOINT");
    const url = own ?? (shared && `${shared.replace(/\/+$/, "")}/v1/traces`);
    const isOff =
        read("OTEL_SDK_DISABLED")?.toLowerCase() === "true" || read("OTEL_TRACES_EXPORTER") === "none";
    if (!url || isOff) return undefined;
    const protocol =
        read("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? read("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "http/protobuf";
    return { url, protocol, traceParent: read("TRACEPARENT") };
}
