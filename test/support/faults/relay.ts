import {
    Client,
    credentials,
    type sendUnaryData,
    Server,
    ServerCredentials,
    type ServerUnaryCall,
} from "@grpc/grpc-js";

import { methods } from "../fake/proto";
import { definition } from "../fake/service";
import { Forwarder } from "./forwarder";
import type { Insertion } from "./insertion";
import type { Moment, Order, Outcome } from "./moment";

/** A gRPC server in front of Milvus: it knows the method of every call and forwards the bytes unchanged. */
export interface Relay {
    /** `host:port` to use instead of the server's. */
    address: string;
    /** Names of the calls in the order of arrival. */
    calls: string[];
    /** The inserts forwarded to the server, in order: rows that are sent twice are listed twice. */
    insertions: Insertion[];
    /** Acts at a moment; calls are counted from here. */
    at(moment: Moment, act: () => Promise<Outcome>): Order;
    /** Resolves when the server answers again. */
    ready(seconds: number): Promise<void>;
    /** Resolves when no call is in progress, including held calls. */
    idle(): Promise<void>;
    close(): void;
}

const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
/** Reconnects quickly to a server that returns. */
const eager = { "grpc.initial_reconnect_backoff_ms": 100, "grpc.max_reconnect_backoff_ms": 500 };

/** Opens a relay to `host:port` on a new port. */
export async function openRelay(target: string): Promise<Relay> {
    const relay = new Forwarder(new Client(target, credentials.createInsecure(), { ...unlimited, ...eager }));
    const server = new Server(unlimited);
    server.addService(
        definition,
        Object.fromEntries(
            methods.map((method) => [
                method.name,
                (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
                    relay.serve(method, call, answer);
                },
            ]),
        ),
    );
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
            if (error) reject(error);
            else resolve(bound);
        });
    });
    return {
        address: `127.0.0.1:${port}`,
        calls: relay.calls,
        insertions: relay.insertions,
        at: (moment, act) => relay.at(moment, act),
        ready: (seconds) => relay.ready(seconds),
        idle: () => relay.idle(),
        close: () => {
            server.forceShutdown();
            relay.close();
        },
    };
}
