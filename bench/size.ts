import { createCollection, dropCollection } from "../provider/milvus/collection/collections";
import { startLocal } from "../test/support/servers/startLocal";
import type { Engine } from "../scripts/engine/stack";
import { runContender } from "./child";
import { specOf } from "./contender/endpoints";
import type { BenchServer, ContenderName, Options } from "./options";
import type { Answer } from "./outcome";
import { type Taken, watch } from "./processes";
import { type Measure, rate, type SizeResult, type Work } from "./results";
import { after, type Size } from "./schema";
import { openSource, type Source } from "./source";

export type Say = (line: string) => void;

/** Measures one size on a new server, so that no measurement finds data of another. */
export async function measureSize(
    server: BenchServer,
    engine: Engine,
    size: Size,
    options: Options,
    say: Say,
): Promise<SizeResult> {
    const running = await startLocal(server);
    try {
        const source = await openSource(engine, running, size, say);
        try {
            const measures: Measure[] = [];
            const rounds = options.rounds ?? (size.rows <= 200_000 && size.dim <= 128 ? 3 : 1);
            for (let round = 1; round <= rounds; round++)
                for (const turn of turns(options)) {
                    const found = await take(turn, { address: running.address, source, size, options });
                    for (const one of found) say(sentence(one));
                    measures.push(...found);
                }
            // This runs last, because it drops the source.
            if (options.contenders.includes("up")) {
                const up = await measureUp(source, size);
                say(sentence(up));
                measures.push(up);
            }
            return { ...size, measures };
        } finally {
            await source.close();
        }
    } finally {
        await running.dispose();
    }
}

interface Turn {
    name: Exclude<ContenderName, "up">;
    workers?: number;
}

function turns({ contenders, workers }: Options): Turn[] {
    return contenders.flatMap((name): Turn[] => {
        if (name === "up") return [];
        return name === "read" || name === "insert"
            ? workers.map((count) => ({ name, workers: count }))
            : [{ name }];
    });
}

interface Place {
    address: string;
    source: Source;
    size: Size;
    options: Options;
}

async function take({ name, workers }: Turn, { address, source, size, options }: Place): Promise<Measure[]> {
    const target = { database: undefined, name: `bench_${name}` };
    // The article's algorithm creates its own collection, and reading needs none.
    const prepared = name !== "article" && name !== "read";
    if (prepared) await createCollection(source.client, target, specOf(after(size.dim)), {});
    try {
        const answer = await runContender(name, {
            address,
            source: source.collection,
            target: target.name,
            ...size,
            workers: workers ?? 1,
            batch: options.batch,
        });
        return measuresOf(name, answer, workers);
    } finally {
        await dropCollection(source.client, target);
    }
}

function measuresOf(name: Turn["name"], answer: Answer, workers: number | undefined): Measure[] {
    return Object.entries(answer).map(([part, phase]) => ({
        work: name === "provider" || name === "insert" ? (part as Work) : name,
        ...(workers !== undefined && { workers }),
        ...phase,
    }));
}

/** A complete `pulumi up`: plan, copy, index, load, verification and the drop of the old collection. */
async function measureUp(source: Source, size: Size): Promise<Measure> {
    await source.change();
    const provider = watch("cmd/dynamic-provider");
    const begin = performance.now();
    let taken: Taken | undefined;
    const result = await source.stack.up().finally(() => (taken = provider.stop()));
    const seconds = (performance.now() - begin) / 1000;
    if (!result.ok || result.ops.replace !== 1) throw new Error(result.output);
    return {
        work: "up",
        rows: size.rows,
        seconds,
        cpuSeconds: taken?.cpuSeconds ?? 0,
        peakBytes: taken?.peakBytes ?? 0,
    };
}

function sentence(one: Measure): string {
    const at = one.workers === undefined ? "" : ` (${one.workers} at once)`;
    const cpu = (one.cpuSeconds / one.rows) * 1e6;
    const memory = Math.round(one.peakBytes / 2 ** 20);
    return `${one.work}${at}: ${one.rows} rows in ${one.seconds.toFixed(1)} s, ${Math.round(rate(one))} rows/s, ${cpu.toFixed(1)} s CPU per million, ${memory} MB`;
}
