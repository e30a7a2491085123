import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

import { parse } from "protobufjs";

/** The part of OTLP that carries spans. Source: opentelemetry-proto 1.x, trace/v1/trace.proto. */
const { root } = parse(
    `
    syntax = "proto3";
    message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
    message KeyValue { string key = 1; AnyValue value = 2; }
    message Status { string message = 2; int32 code = 3; }
    message Span {
        bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
        fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9; Status status = 15;
    }
    message ScopeSpans { repeated Span spans = 2; }
    message Resource { repeated KeyValue attributes = 1; }
    message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
    message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
`,
    { keepCase: true },
);
const requestType = root.lookupType("ExportTraceServiceRequest");

export interface ReceivedSpan {
    name: string;
    traceId: string;
    spanId: string;
    /** Empty for the root of a trace. */
    parent: string;
    /** Nanoseconds since 1970. */
    start: bigint;
    end: bigint;
    attributes: Record<string, unknown>;
    resource: Record<string, unknown>;
    isError: boolean;
}

interface WireValue {
    key: string;
    value?: Record<string, unknown>;
}

const attributesOf = (all: WireValue[] | undefined): Record<string, unknown> =>
    Object.fromEntries((all ?? []).map(({ key, value = {} }) => [key, Object.values(value)[0]]));

const hex = (bytes: Uint8Array = Buffer.alloc(0)) => Buffer.from(bytes).toString("hex");

function spansOf(body: Buffer): ReceivedSpan[] {
    const sent = requestType.toObject(requestType.decode(body), {
        longs: String,
    }) as {
        resource_spans?: {
            resource?: { attributes?: WireValue[] };
            scope_spans?: { spans?: Record<string, never>[] }[];
        }[];
    };
    return (sent.resource_spans ?? []).flatMap(({ resource, scope_spans: scopes = [] }) =>
        scopes.flatMap(({ spans = [] }) =>
            spans.map((span) => ({
                name: span["name"]!,
                traceId: hex(span["trace_id"]),
                spanId: hex(span["span_id"]),
                parent: hex(span["parent_span_id"]),
                start: BigInt(span["start_time_unix_nano"]!),
                end: BigInt(span["end_time_unix_nano"]!),
                attributes: attributesOf(span["attributes"]),
                resource: attributesOf(resource?.attributes),
                isError: (span["status"] as { code?: number } | undefined)?.code === 2,
            })),
        ),
    );
}

/** Receives spans by OTLP/HTTP, as a collector does. */
export async function openReceiver() {
    const spans: ReceivedSpan[] = [];
    const paths = new Set<string>();
    const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
            paths.add(`${request.url} ${request.headers["content-type"]}`);
            const body = Buffer.concat(chunks);
            spans.push(...spansOf(request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body));
            response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return {
        endpoint: `http://127.0.0.1:${port}`,
        spans,
        paths,
        close: () =>
            new Promise<void>((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}
