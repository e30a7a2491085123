import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";

/** Below those that systems give to outgoing connections: one of these would take the port before the server does. */
const [LOWEST, HIGHEST] = [12_000, 32_000];

/** Ports that are free on 127.0.0.1 now; all are held until the last is found, so that none comes twice. */
export async function freePorts(count: number): Promise<number[]> {
    const held: { port: number; server: Server }[] = [];
    while (held.length < count) {
        const port = randomInt(LOWEST, HIGHEST);
        const server = await hold(port);
        if (server) held.push({ port, server });
    }
    await Promise.all(held.map(({ server }) => new Promise((closed) => server.close(closed))));
    return held.map(({ port }) => port);
}

/** Undefined where somebody has the port. */
function hold(port: number): Promise<Server | undefined> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", (error: NodeJS.ErrnoException) => {
            if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
            else reject(error);
        });
        server.listen(port, "127.0.0.1", () => resolve(server));
    });
}
