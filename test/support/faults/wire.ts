import { type AddressInfo, createConnection, createServer, type Server, type Socket } from "node:net";

import { type Direction, Weather } from "./weather";

/** A way to a server that a test can watch, cut, delay and stall, as a network does. Without an order it is transparent. */
export interface Wire {
    /** `host:port` in the place of the server's. */
    address: string;
    /** Resolves when so many bytes more have gone to the server: the moment is told by the data, not by a clock. */
    afterSending(bytes: number): Promise<void>;
    /** Cuts what is open; new connections are let through. */
    cut(): void;
    /** Lets exactly so many bytes more through in this direction, over all connections, then cuts, once. */
    cutAfter(direction: Direction, bytes: number): void;
    /** Cuts what is open and refuses whoever comes, as a port does that nobody listens on. Resolves when it does. */
    refuse(): Promise<void>;
    /** What arrives from now on goes on so many milliseconds later. */
    delay(milliseconds: number): void;
    /** Half open: connections stay and are accepted, and nothing comes through, in neither direction. */
    stall(): void;
    /** Ends a refusal, a delay and a stall; what was held goes on its way. */
    resume(): Promise<void>;
    close(): Promise<void>;
}

/** Opens a wire to `host:port` on a port of its own. */
export async function openWire(target: string): Promise<Wire> {
    const weather = new Weather();
    const accept = (client: Socket) => join(client, connectTo(target), weather);
    let listener = await listen(accept, 0);
    const { port } = listener.address() as AddressInfo;
    const deafen = () => {
        const closed = new Promise<void>((done) => listener.close(() => done()));
        weather.cut();
        return closed;
    };
    return {
        address: `127.0.0.1:${port}`,
        afterSending: (bytes) => weather.expect(bytes),
        cut: () => weather.cut(),
        cutAfter: (direction, bytes) => weather.allow(direction, bytes),
        refuse: deafen,
        delay: (milliseconds) => weather.delay(milliseconds),
        stall: () => weather.stall(),
        resume: async () => {
            if (!listener.listening) listener = await listen(accept, port);
            weather.clear();
        },
        close: async () => {
            weather.clear();
            if (listener.listening) await deafen();
        },
    };
}

function connectTo(target: string): Socket {
    const [, host, port] = /^(.*):(\d+)$/.exec(target) ?? [];
    return createConnection({ host: host!, port: Number(port), noDelay: true });
}

function listen(accept: (client: Socket) => void, port: number): Promise<Server> {
    // An end is passed on in its turn, behind what was held before it; small packets at once, or each call takes 40 ms more.
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, accept);
    return new Promise((resolve, reject) => {
        listener.once("error", reject);
        listener.listen(port, "127.0.0.1", () => resolve(listener));
    });
}

function join(client: Socket, server: Socket, weather: Weather): void {
    for (const [from, to, direction] of [
        [client, server, "up"],
        [server, client, "down"],
    ] as const) {
        weather.sockets.add(from);
        let queue = Promise.resolve();
        const inTurn = (go: () => void) => {
            const arrived = Date.now();
            queue = queue.then(() => weather.passage(arrived)).then(go);
        };
        from.on("data", (chunk: Buffer) =>
            inTurn(() => {
                if (to.destroyed) return;
                const { part, last } = weather.take(direction, chunk);
                to.write(part);
                // What may go is delivered first; then both ends see the end.
                if (last) [from, to].forEach((socket) => socket.destroySoon());
            }),
        );
        from.on("end", () => inTurn(() => to.end()));
        from.on("error", () => to.destroy());
        from.on("close", (failed) => {
            weather.sockets.delete(from);
            if (failed) to.destroy();
        });
    }
}
