import { createServer, type AddressInfo, type Server } from "node:net";

/** Ports that are free on 127.0.0.1 now; all are held until the last is found, so that none comes twice. */
export async function freePorts(count: number): Promise<number[]> {
    const held = await Promise.all(Array.from({ length: count }, hold));
    const ports = held.map((server) => (server.address() as AddressInfo).port);
    await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
    return ports;
}

function hold(): Promise<Server> {
    return new Promise((resolve, reject) => {
        const server = createServer().once("error", reject);
        server.listen(0, "127.0.0.1", () => resolve(server));
    });
}
