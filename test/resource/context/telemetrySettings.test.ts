import { expect } from "chai";

import { resolveTelemetry } from "../../../provider/resource/context/telemetrySettings";

const resolve = (config: Record<string, string>, environment: Record<string, string> = {}) =>
    resolveTelemetry(
        (key) => config[key],
        (name) => environment[name],
    );

describe("who watches a run", () => {
    it("is nobody unless a port or an endpoint is set", () => {
        expect(resolve({}, { MILVUS_METRICS_PORT: "", OTEL_EXPORTER_OTLP_ENDPOINT: " " })).to.equal(
            undefined,
        );
        // An address without a port asks for nothing.
        expect(resolve({ "milvus:metricsAddress": "0.0.0.0" })).to.equal(undefined);
    });

    it("is told by the configuration, else by the environment", () => {
        const environment = { MILVUS_METRICS_PORT: "9464", MILVUS_METRICS_ADDRESS: "::1" };
        expect(resolve({}, environment)?.metrics).to.deep.equal({ port: 9464, address: "::1" });
        expect(resolve({ "milvus:metricsPort": "0" }, environment)?.metrics).to.deep.equal({
            port: 0,
            address: "::1",
        });
        expect(resolve({ "milvus:metricsPort": "9464" })?.metrics?.address).to.equal("127.0.0.1");
    });

    it("is refused with a port or an address that is none", () => {
        for (const port of ["http", "-1", "65536", "9464.5"])
            expect(() => resolve({ "milvus:metricsPort": port }), port).to.throw(
                /^milvus:metricsPort: .*\[MV316\]$/,
            );
        expect(() => resolve({ "milvus:metricsAddress": "metrics.example" })).to.throw(
            /^milvus:metricsAddress: .*\[MV316\]$/,
        );
    });

    it("gets spans where the environment of OpenTelemetry says so", () => {
        const endpoint = "http://localhost:4318/";
        const traces = (environment: Record<string, string>) => resolve({}, environment)?.traces;
        expect(traces({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, TRACEPARENT: "00-a-b-01" })).to.deep.equal({
            url: "http://localhost:4318/v1/traces",
            protocol: "http/protobuf",
            traceParent: "00-a-b-01",
        });
        const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://localhost:4318/in" };
        expect(traces({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...own })?.url).to.equal(
            "http://localhost:4318/in",
        );
        for (const [name, value] of [
            ["OTEL_SDK_DISABLED", "true"],
            ["OTEL_TRACES_EXPORTER", "none"],
        ] as const)
            expect(traces({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, [name]: value })).to.equal(undefined);
    });
});
