import { type AddressInfo, createConnection, createServer, type Server, type Socket } from "node:net";

import { type Direction, Weather } from "./weather";

/** A TCP proxy that a test can watch, close, delay and stall, to simulate a network. By default it is transparent. */
export interface Wire {
    /** `host:port` to use instead of the server's. */
    address: string;
    /** Resolves when this number of bytes has passed to the server: the data determine the moment, not a clock. */
    afterSending(bytes: number): Promise<void>;
    /** Closes open connections; new connections work. */
    cut(): void;
    /** Lets exactly this number of bytes pass in this direction, over all connections, then closes them, once. */
    cutAfter(direction: Direction, bytes: number): void;
    /** Closes open connections and refuses new ones, like a port without a listener. Resolves when this is in effect. */
    refuse(): Promise<void>;
    /** Delays data that arrives from now on by this number of milliseconds. */
    delay(milliseconds: number): void;
    /** Half open: connections stay and are accepted, but no data passes in either direction. */
    stall(): void;
    /** Ends a refusal, a delay and a stall; held data continues. */
    resume(): Promise<void>;
    close(): Promise<void>;
}

/** Opens a wire to `host:port` on a new port. */
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
    // The end of a connection is passed on in order, after held data. Small packets are sent immediately, or each call
    // takes 40 ms more.
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
                // The permitted part is delivered first; then both sides see the end.
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
