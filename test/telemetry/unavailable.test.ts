import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect } from "chai";

import type { TelemetrySettings } from "../../provider/telemetry/settings";
import { Telemetry } from "../../provider/telemetry/telemetry";

const labels = { project: "shop", stack: "prod", collection: "docs" };
const memory = { get: () => undefined, set: () => undefined };

/** Opens what is asked for, measures a phase, and returns the lines that a user gets. */
async function measured(settings: TelemetrySettings): Promise<string[]> {
    const said: string[] = [];
    const print = (line: string) => void said.push(line);
    const telemetry = new Telemetry(memory);
    await telemetry.open(settings, print);
    const meter = telemetry.meterOf(labels);
    let isDone = false;
    await meter?.phase("copy", () => Promise.resolve((isDone = true)));
    expect(isDone).to.equal(meter !== undefined);
    meter?.end();
    await telemetry.settled(print);
    await telemetry.settled(print);
    await telemetry.close();
    return said;
}

/** A port of this machine on which nothing listens any more. */
async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}

describe("metrics and traces that cannot be had", () => {
    it("warn where the port is in use, and nothing is measured", async () => {
        const taken = createServer();
        await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
        const { port } = taken.address() as AddressInfo;
        const said = await measured({ metrics: { port, address: "127.0.0.1" } });
        expect(said).to.have.length(1);
        expect(said[0]).to.match(
            /^warning: milvus:metricsPort: no metrics at .*EADDRINUSE.*another port.*\[MV490\]$/,
        );
        await new Promise((resolve) => taken.close(resolve));
    });

    it("warn where the address is another machine's", async () => {
        const [line] = await measured({ metrics: { port: 0, address: "192.0.2.1" } });
        expect(line).to.include("192.0.2.1").and.include("[MV490]");
    });

    it("warn of a protocol that is not spoken", async () => {
        const said = await measured({ traces: { url: "http://127.0.0.1:4317", protocol: "grpc" } });
        expect(said).to.have.length(1);
        expect(said[0]).to.include("is grpc. Set http/protobuf").and.include("[MV491]");
    });

    it("warn once where no collector answers", async () => {
        const url = `http://127.0.0.1:${await freePort()}/v1/traces`;
        const said = await measured({ traces: { url, protocol: "http/protobuf" } });
        expect(said).to.have.length(1);
        expect(said[0]).to.match(
            /^warning: OTEL_EXPORTER_OTLP_ENDPOINT: spans could not be sent .*\[MV492\]$/,
        );
    });

    it("are not asked for by a run without settings", async () => {
        expect(await measured({})).to.deep.equal([]);
    });
});
