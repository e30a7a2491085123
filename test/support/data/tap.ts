import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to the server that a test can watch and cut, as a network does. */
export interface Tap {
    /** `host:port` in the place of the server's. */
    address: string;
    /** Resolves when so many bytes more have gone to the server: the moment is told by the data, not by a clock. */
    afterSending(bytes: number): Promise<void>;
    /** Cuts what is open; new connections are let through. */
    cut(): void;
    close(): Promise<void>;
}

export async function openTap(target: string): Promise<Tap> {
    const [host, port] = target.split(":") as [string, string];
    const sockets = new Set<Socket>();
    let sent = 0;
    let waiting: { at: number; reached: () => void }[] = [];
    const cut = () => sockets.forEach((socket) => socket.destroy());
    const listener = createServer((client) => {
        const server = createConnection({ host, port: Number(port) });
        for (const [one, other] of [
            [client, server],
            [server, client],
        ] as const) {
            sockets.add(one);
            one.on("error", () => other.destroy());
            one.on("close", () => {
                sockets.delete(one);
                other.destroy();
            });
            one.pipe(other);
        }
        client.on("data", (bytes: Buffer) => {
            sent += bytes.length;
            for (const { at, reached } of waiting) if (sent >= at) reached();
            waiting = waiting.filter(({ at }) => sent < at);
        });
    });
    await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
    return {
        address: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
        afterSending: (bytes) => new Promise((reached) => waiting.push({ at: sent + bytes, reached })),
        cut,
        close: () => {
            cut();
            return new Promise((closed) => listener.close(() => closed()));
        },
    };
}
