import { expect } from "chai";

import { describeAlias, dropAlias, listAliases } from "../../../provider/milvus/collection/aliases";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { dropCollection, listCollections } from "../../../provider/milvus/collection/collections";
import { Connection } from "../../../provider/inputs/schema/connection";
import { type Adapter, makeProgram } from "../../../scripts/engine/program";
import type { Engine, Processes, Result, Stack, State } from "../../../scripts/engine/stack";
import type { Server } from "../servers";
import { programText, type Declared } from "./source";

/** A stack on a server, and access to that server without the provider. */
export interface Site {
    server: Server;
    adapter: Adapter;
    stack: Stack;
    client: MilvusClient;
    /** The folder of the program. */
    dir: string;
    /** Names of this test begin with it, so that tests on one server do not collide. */
    prefix: string;
    /** Writes the next version of the program. */
    declare(declared: Declared): Promise<void>;
    /** Writes the next version of the program and runs `up`, which must succeed. */
    deploy(declared: Declared): Promise<Result>;
    /** The server's collections with the prefix, sorted. */
    collections(): Promise<string[]>;
    aliasTarget(alias: string): Promise<string | undefined>;
    state(): Promise<State>;
    /** Drops the remaining collections, and closes everything. */
    close(): Promise<void>;
}

let sites = 0;

export interface SiteOptions {
    /** Settings that replace the server's address: `{ address: ..., token: ... }`. */
    config?: Record<string, string>;
    secrets?: string[];
    /** For a server whose authorization is on: what the program, and the client of the test, prove who they are with. */
    token?: string;
    processes?: Processes;
    /** False for a test that installs another version: a host keeps what it has loaded. By default true. */
    warm?: boolean;
    /** `dynamic` by default. */
    adapter?: Adapter;
    /** More environment for the program and the provider. */
    env?: Record<string, string>;
}

export async function openSite(engine: Engine, server: Server, options: SiteOptions = {}): Promise<Site> {
    const prefix = `t${process.pid}_${++sites}_`;
    const { adapter = "dynamic", warm = true, processes, env, token = server.token } = options;
    const program = await makeProgram({ files: { "index.js": "" }, adapter });
    const stack = await engine.createStack({ program, warm, processes, env });
    const config = options.config ?? {
        address: server.address,
        ...(token !== undefined && { token }),
    };
    for (const [key, value] of Object.entries(config))
        await stack.setConfig(`milvus:${key}`, value, options.secrets?.includes(key) ?? key === "token");
    const client = await MilvusClient.connect(Connection.parse({ address: server.address, token }));
    const declare = (declared: Declared) => program.write("index.js", programText(declared));
    const collections = async () =>
        (await listCollections(client, undefined)).filter((name) => name.startsWith(prefix)).sort();
    return {
        server,
        adapter,
        stack,
        client,
        dir: program.dir,
        prefix,
        declare,
        deploy: async (declared) => {
            await declare(declared);
            return expectOk(await stack.up());
        },
        collections,
        aliasTarget: (alias) => describeAlias(client, { database: undefined, alias }),
        state: () => stack.exportState(),
        close: async () => {
            for (const name of await collections()) await dropWithAliases(client, name);
            client.close();
            await stack.close();
            await program.dispose();
        },
    };
}

/** Milvus 2.3 would keep the aliases, and reject their names for later tests. */
async function dropWithAliases(client: MilvusClient, name: string): Promise<void> {
    const ref = { database: undefined, name };
    for (const alias of await listAliases(client, ref))
        await dropAlias(client, { database: undefined, alias });
    await dropCollection(client, ref);
}

/** Fails with the full output of the operation. */
export function expectOk(result: Result): Result {
    expect(result.ok, result.output).to.equal(true);
    return result;
}

/** Checks that the operation failed, with an error that contains all of these texts. */
export function expectFailure(result: Result, ...said: (string | RegExp)[]): string {
    expect(result.ok, `the operation succeeded:\n${result.output}`).to.equal(false);
    for (const part of said)
        if (typeof part === "string") expect(result.failure).to.include(part);
        else expect(result.failure).to.match(part);
    return result.failure!;
}
