/**
 * An in-memory test double of Milvus for versions that no package installs here: 2.4 to 3.0. It speaks gRPC and
 * implements the rules of `rules.ts` and of the calls; it builds no index, has no search and expires no rows.
 * docs/compatibility.md lists the features that were tested only on it.
 */
import { Server, ServerCredentials } from "@grpc/grpc-js";

import type { Access } from "./access";
import { Catalog, type Collection, type Grant } from "./catalog";
import type { Rpc } from "./handlers";
import { type Behaviour, definition, type Failure, implementation } from "./service";
import { Version } from "./version";

export interface FakeOptions {
    /** The version that GetVersion reports, three numbers; it selects the rules. */
    version: string;
    /** RPCs to answer with UNIMPLEMENTED although the version has them, as on a patched or hosted server. */
    lacks?: Rpc[];
    /**
     * Which properties of a collection limit its writes: see limits.ts; none by default, as `quotaAndLimits.enabled` of 2.6.
     */
    limits?: "all" | "quota" | "off";
    /** `common.storage.useLoonFFI`, `compaction.storageVersion` and `compaction.bumpSchemaVersion`; off by default, as in 3.0.0. */
    storageV3?: boolean;
    /** How often an alias has to be altered until queries through it follow; 1 by default. Source: milvus issue 51313. */
    aliasLag?: number;
    /** How many queries by a name that a rename gave to another collection still reach the former one; 0 by default. */
    nameLag?: number;
    /** How many status calls report a build, a load or a flush as in progress before it is done; 1 by default. */
    pending?: number;
    /** Maximum message size in both directions, in bytes; 64 MB by default (milvus docs, "Milvus Limits"). */
    messageBytes?: number;
    /** `proxy.maxQueryResultWindow`: maximum rows that a query may ask for; 16,384 by default. */
    mostRows?: number;
    /** `quotaAndLimits.limits.maxOutputSize`: maximum bytes of a query's result; 100 MiB by default. */
    mostBytes?: number;
    /** The clock of its timestamps, in milliseconds since 1970; the local clock by default. */
    clock?: () => number;
    /** Maximum rows of a page, called for each page: duplicates of a key can make pages arbitrarily short. */
    pageRows?: () => number;
    /** Authorization: who may come in, and who has which privilege; off by default, as in Milvus. */
    access?: Access;
    /** TLS, with or without client certificates; plain text by default. */
    credentials?: ServerCredentials;
}

export interface FakeMilvus {
    /** `host:port`, in the form of `milvus:address`. */
    address: string;
    /** The stored collections in the order of creation. */
    collections(): Collection[];
    /** The privileges of roles. */
    grants(): Grant[];
    /** Names of the RPCs in call order. */
    calls: string[];
    /** Makes the next call of an RPC fail; several failures are queued. */
    failNext(rpc: Rpc, failure: Failure): void;
    stop(): void;
}

export async function startFake(options: FakeOptions): Promise<FakeMilvus> {
    const { messageBytes = 64 * 1024 * 1024 } = options;
    const behaviour: Behaviour = {
        version: new Version(options.version),
        catalog: new Catalog(options.clock),
        limits: options.limits ?? "off",
        storageV3: options.storageV3 ?? false,
        aliasLag: options.aliasLag ?? 1,
        nameLag: options.nameLag ?? 0,
        pending: options.pending ?? 1,
        mostRows: options.mostRows ?? 16_384,
        mostBytes: options.mostBytes ?? 100 * 1024 * 1024,
        pageRows: options.pageRows ?? (() => Infinity),
        lacks: new Set(options.lacks),
        access: options.access,
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
        grants: () => behaviour.catalog.grants,
        calls: behaviour.calls,
        failNext: (rpc, failure) => {
            behaviour.failures.set(rpc, [...(behaviour.failures.get(rpc) ?? []), failure]);
        },
        stop: () => {
            server.forceShutdown();
        },
    };
}
