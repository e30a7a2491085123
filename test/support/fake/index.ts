/**
 * A test double of Milvus, in memory, for versions that no package installs here: 2.4 to 3.0. It speaks gRPC and holds the
 * rules of `rules.ts` and of the calls; it builds no index, searches nothing and expires no rows. What only it has seen is
 * told in docs/compatibility.md.
 */
import { Server, ServerCredentials } from "@grpc/grpc-js";

import { Catalog, type Collection } from "./catalog";
import type { Rpc } from "./handlers";
import { type Behaviour, definition, type Failure, implementation } from "./service";
import { Version } from "./version";

export interface FakeOptions {
    /** The version that GetVersion tells, three numbers; it decides which rules hold. */
    version: string;
    /** RPCs to answer UNIMPLEMENTED, though the version has them: a patched or hosted server. */
    lacks?: Rpc[];
    /** How often a build, a load or a flush is told as under way before it is done; 1 unless given. */
    pending?: number;
    /** The largest message, both ways, in bytes; 64 MB unless given (milvus docs, "Milvus Limits"). */
    messageBytes?: number;
    /** Milliseconds since 1970, that its timestamps go by; this machine's clock unless given. */
    clock?: () => number;
    /** How many rows a page may have at most, asked for each: duplicates of a key make pages short as they like. */
    pageRows?: () => number;
    /** TLS, with or without certificates of the clients; plain text unless given. */
    credentials?: ServerCredentials;
}

export interface FakeMilvus {
    /** `host:port`, as `milvus:address` takes it. */
    address: string;
    /** What the server holds, in the order of creation. */
    collections(): Collection[];
    /** Names of the RPCs in the order of their calls. */
    calls: string[];
    /** Lets the next call of an RPC fail; more than one order is kept in a row. */
    failNext(rpc: Rpc, failure: Failure): void;
    stop(): void;
}

export async function startFake(options: FakeOptions): Promise<FakeMilvus> {
    const { messageBytes = 64 * 1024 * 1024 } = options;
    const behaviour: Behaviour = {
        version: new Version(options.version),
        catalog: new Catalog(options.clock),
        pending: options.pending ?? 1,
        pageRows: options.pageRows ?? (() => Infinity),
        lacks: new Set(options.lacks),
        calls: [],
        failures: new Map(),
    };
    const server = new Server({
        "grpc.max_receive_message_length": messageBytes,
        "grpc.max_send_message_length": messageBytes,
    });
    server.addService(definition, implementation(behaviour));
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync(
            "127.0.0.1:0",
            options.credentials ?? ServerCredentials.createInsecure(),
            (error, bound) => {
                if (error) reject(error);
                else resolve(bound);
            },
        );
    });
    return {
        address: `127.0.0.1:${port}`,
        collections: () =>
            [...behaviour.catalog.databases.values()].flatMap(({ collections }) => [...collections.values()]),
        calls: behaviour.calls,
        failNext: (rpc, failure) => {
            behaviour.failures.set(rpc, [...(behaviour.failures.get(rpc) ?? []), failure]);
        },
        stop: () => {
            server.forceShutdown();
        },
    };
}
