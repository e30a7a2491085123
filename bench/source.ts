import { MilvusClient } from "../provider/milvus/transport/client";
import { flush } from "../provider/milvus/rows/rows";
import { Connection } from "../provider/inputs/schema/connection";
import { buildIndexes, load } from "../provider/migration/lifecycle/indexAndLoad";
import { engines } from "../scripts/engine/engines";
import { makeProgram } from "../scripts/engine/program";
import type { Engine, Stack } from "../scripts/engine/stack";
import { programText } from "../test/support/data/source";
import type { Server } from "../test/support/servers";
import { silent, specOf } from "./contender/endpoints";
import { insertRows } from "./rows";
import { after, before, type Size } from "./schema";

/** A collection created by a stack, filled and loaded, with the means to change its schema through the stack. */
export interface Source {
    client: MilvusClient;
    /** The physical name. */
    collection: string;
    stack: Stack;
    /** Writes the program with the new schema. */
    change(): Promise<void>;
    close(): Promise<void>;
}

/** The pulumi CLI if it is installed, otherwise the test engine. */
export async function findEngine(): Promise<Engine> {
    return (await engines()).map(({ engine }) => engine).find((engine) => engine !== undefined)!;
}

export async function openSource(
    engine: Engine,
    server: Server,
    size: Size,
    say: (line: string) => void,
): Promise<Source> {
    const program = await makeProgram({ files: { "index.js": "" }, project: "bench" });
    const stack = await engine.createStack({ program });
    const client = await MilvusClient.connect(Connection.parse({ address: server.address }));
    const declare = (args: ReturnType<typeof before>) =>
        program.write("index.js", programText({ collections: { docs: args } }));
    const close = async () => {
        await stack.destroy();
        client.close();
        await stack.close();
        await program.dispose();
    };
    try {
        await stack.setConfig("milvus:address", server.address);
        await declare(before(size.dim));
        const up = await stack.up();
        if (!up.ok) throw new Error(up.output);
        const collection = (await stack.outputs())["docs"] as string;
        const begin = performance.now();
        await insertRows(client, collection, size);
        // Sealed, indexed and loaded, so that no background work runs during a measurement.
        const ref = { database: undefined, name: collection };
        await flush(client, ref);
        await buildIndexes(client, ref, specOf(before(size.dim)), silent);
        await load(client, ref, specOf(before(size.dim)), silent);
        say(`filled and loaded in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
        return { client, collection, stack, change: () => declare(after(size.dim)), close };
    } catch (error) {
        await close();
        throw error;
    }
}
