import { expect } from "chai";

import { MetricsServer } from "../../provider/telemetry/metricsServer";

describe("the server of the metrics", () => {
    it("answers at /metrics alone, and only to who reads", async () => {
        const text = () => Promise.resolve("up 1\n");
        const at = { port: 0, address: "127.0.0.1" };
        const server = await MetricsServer.open(at, { contentType: "text/plain", text });
        const ask = async (path: string, method = "GET") => {
            const response = await fetch(new URL(path, server.url), { method });
            return [response.status, await response.text()];
        };
        expect(await ask("/metrics")).to.deep.equal([200, "up 1\n"]);
        expect(await ask("/metrics?name=x")).to.deep.equal([200, "up 1\n"]);
        expect(await ask("/metrics", "HEAD")).to.deep.equal([200, ""]);
        expect(await ask("/")).to.deep.equal([404, "See /metrics\n"]);
        expect((await ask("/metrics", "POST"))[0]).to.equal(405);
        await server.close();
        expect(
            await fetch(server.url).then(
                () => "answers",
                () => "gone",
            ),
        ).to.equal("gone");
    });
});
