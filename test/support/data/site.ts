import { expect } from "chai";

import { describeAlias, dropAlias, listAliases } from "../../../provider/milvus/aliases";
import { MilvusClient } from "../../../provider/milvus/client";
import { dropCollection, listCollections } from "../../../provider/milvus/collections";
import { Connection } from "../../../provider/inputs/schema/connection";
import { makeProgram } from "../engine/program";
import type { Engine, Result, Stack, State } from "../engine/stack";
import type { Server } from "../servers";
import { programText, type Declared } from "./source";

/** A stack that works on a server, and a view of that server past the provider. */
export interface Site {
    server: Server;
    stack: Stack;
    client: MilvusClient;
    /** Where the program is. */
    dir: string;
    /** Names of this story begin with it, so that stories on one server do not meet. */
    prefix: string;
    /** The next version of the program. */
    declare(declared: Declared): Promise<void>;
    /** The program's next version, and `up`, which must go well. */
    deploy(declared: Declared): Promise<Result>;
    /** What the server has under the prefix, sorted. */
    collections(): Promise<string[]>;
    aliasTarget(alias: string): Promise<string | undefined>;
    state(): Promise<State>;
    /** Drops what is left, and ends all. */
    close(): Promise<void>;
}

let sites = 0;

export interface SiteOptions {
    /** Settings instead of the server's address: `{ address: ..., token: ... }`. */
    config?: Record<string, string>;
    secrets?: string[];
}

export async function openSite(engine: Engine, server: Server, options: SiteOptions = {}): Promise<Site> {
    const prefix = `t${process.pid}_${++sites}_`;
    const program = await makeProgram({ files: { "index.js": "" } });
    const stack = await engine.createStack({ program, warm: true });
    const config = options.config ?? {
        address: server.address,
        ...(server.token !== undefined && { token: server.token }),
    };
    for (const [key, value] of Object.entries(config))
        await stack.setConfig(`milvus:${key}`, value, options.secrets?.includes(key) ?? key === "token");
    const client = await MilvusClient.connect(
        Connection.parse({ address: server.address, token: server.token }),
    );
    const declare = (declared: Declared) => program.write("index.js", programText(declared));
    const collections = async () =>
        (await listCollections(client, undefined)).filter((name) => name.startsWith(prefix)).sort();
    return {
        server,
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

/** Milvus 2.3 would keep the aliases, and refuse their names to whoever comes next. */
async function dropWithAliases(client: MilvusClient, name: string): Promise<void> {
    const ref = { database: undefined, name };
    for (const alias of await listAliases(client, ref))
        await dropAlias(client, { database: undefined, alias });
    await dropCollection(client, ref);
}

/** Fails with all that the operation told. */
export function expectOk(result: Result): Result {
    expect(result.ok, result.output).to.equal(true);
    return result;
}

/** Fails unless the operation failed, and did so with an error that says all of this. */
export function expectFailure(result: Result, ...said: (string | RegExp)[]): string {
    expect(result.ok, `it went well:\n${result.output}`).to.equal(false);
    for (const part of said)
        if (typeof part === "string") expect(result.failure).to.include(part);
        else expect(result.failure).to.match(part);
    return result.failure!;
}
