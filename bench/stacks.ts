import { startLocal } from "../test/support/servers/startLocal";
import { makeProgram } from "../scripts/engine/program";
import { programText } from "../test/support/data/source";
import type { Engine, Result } from "../scripts/engine/stack";
import type { BenchServer } from "./options";
import type { StackResult } from "./results";
import { before } from "./schema";
import type { Say } from "./size";

/** Runs per stack; the median counts. */
const TIMES = 3;

/** Times `preview` and an `up` without changes, on a server with this number of collections, each with an alias. */
export async function measureStacks(
    server: BenchServer,
    engine: Engine,
    counts: readonly number[],
    say: Say,
): Promise<StackResult[]> {
    const results: StackResult[] = [];
    for (const collections of counts) {
        const running = await startLocal(server);
        try {
            const provider = await timed(engine, ours(collections), running.address);
            const empty = await timed(engine, nothing(collections), undefined);
            results.push({ collections, provider, empty });
            say(
                `${collections} collections and aliases: preview ${provider.preview.toFixed(1)} s, up ${provider.up.toFixed(1)} s; ` +
                    `an empty provider ${empty.preview.toFixed(1)} s and ${empty.up.toFixed(1)} s`,
            );
        } finally {
            await running.dispose();
        }
    }
    return results;
}

async function timed(
    engine: Engine,
    text: string,
    address: string | undefined,
): Promise<{ preview: number; up: number }> {
    const program = await makeProgram({ files: { "index.js": text }, project: "bench" });
    const stack = await engine.createStack({ program });
    try {
        if (address !== undefined) await stack.setConfig("milvus:address", address);
        unchanged(await stack.up(), false);
        const preview = await middle(async () => unchanged(await stack.preview()));
        const up = await middle(async () => unchanged(await stack.up()));
        return { preview, up };
    } finally {
        await stack.destroy();
        await stack.close();
        await program.dispose();
    }
}

function unchanged(result: Result, same = true): void {
    const { create, update, replace } = result.ops;
    if (!result.ok || (same && create + update + replace > 0)) throw new Error(result.output);
}

async function middle(run: () => Promise<void>): Promise<number> {
    const seconds: number[] = [];
    for (let time = 0; time < TIMES; time++) {
        const begin = performance.now();
        await run();
        seconds.push((performance.now() - begin) / 1000);
    }
    return seconds.sort((a, b) => a - b)[TIMES >> 1]!;
}

/** Not loaded, because the server's loading speed is not measured here. */
function ours(count: number): string {
    const names = Array.from({ length: count }, (_, at) => `docs${at}`);
    return programText({
        collections: Object.fromEntries(names.map((name) => [name, { ...before(8), load: false }])),
        aliases: Object.fromEntries(
            names.map((name) => [`live-${name}`, { name: `live_${name}`, of: name }]),
        ),
    });
}

/** The same number of resources with the same arguments and a provider that does nothing: Pulumi's own time. */
function nothing(count: number): string {
    return `
const pulumi = require("@pulumi/pulumi");
const provider = {
    create: async (inputs) => ({ id: "x", outs: inputs }),
    diff: async () => ({ changes: false }),
};
class Nothing extends pulumi.dynamic.Resource {
    constructor(name, args) { super(provider, name, args); }
}
const args = ${JSON.stringify(before(8))};
for (let at = 0; at < ${count}; at++) {
    const docs = new Nothing("docs" + at, { ...args, collectionName: "docs" + at });
    new Nothing("live-docs" + at, { name: "live_docs" + at, collection: docs.id });
}
`;
}
