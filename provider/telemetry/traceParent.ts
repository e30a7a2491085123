import { type SpanContext, TraceFlags } from "@opentelemetry/api";

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * The span that a W3C `traceparent` names; undefined for what is none. Source: https://www.w3.org/TR/trace-context/, "Versioning
 * of traceparent": what follows in a later version is ignored.
 */
export function readTraceParent(text: string | undefined): SpanContext | undefined {
    const [, version, traceId, spanId, flags, more] = form.exec(text?.trim().toLowerCase() ?? "") ?? [];
    if (traceId === undefined || spanId === undefined || version === "ff") return undefined;
    if (version === "00" && more !== undefined) return undefined;
    if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
    return { traceId, spanId, traceFlags: parseInt(flags!, 16) & TraceFlags.SAMPLED, isRemote: true };
}

export function writeTraceParent({ traceId, spanId, traceFlags }: SpanContext): string {
    return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, "0")}`;
}
