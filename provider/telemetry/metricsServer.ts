import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { ListenAddress } from "./settings";

/** Answers Prometheus. It keeps no process from ending. */
export class MetricsServer {
    private constructor(
        private readonly server: Server,
        /** With the port that it listens on. */
        readonly url: string,
    ) {}

    /** Throws where nothing can listen there: the port has another process, or the address is another machine's. */
    static async open(
        { port, address }: ListenAddress,
        page: { contentType: string; text: () => Promise<string> },
    ): Promise<MetricsServer> {
        const server = createServer((request, response) => {
            if (request.url?.split("?")[0] !== "/metrics") {
                response.writeHead(404, { "content-type": "text/plain" }).end("See /metrics\n");
                return;
            }
            if (request.method !== "GET" && request.method !== "HEAD") {
                response.writeHead(405, { allow: "GET, HEAD" }).end();
                return;
            }
            page.text().then(
                (text) => response.writeHead(200, { "content-type": page.contentType }).end(text),
                () => response.writeHead(500).end(),
            );
        });
        await new Promise<void>((resolve, reject) => {
            server.once("error", reject);
            server.listen({ port, host: address }, resolve);
        });
        server.removeAllListeners("error").on("error", () => undefined);
        server.unref();
        const { port: chosen } = server.address() as AddressInfo;
        const host = address.includes(":") ? `[${address}]` : address;
        return new MetricsServer(server, `http://${host}:${chosen}/metrics`);
    }

    close(): Promise<void> {
        return new Promise((resolve) => {
            this.server.close(() => resolve());
            this.server.closeAllConnections();
        });
    }
}
