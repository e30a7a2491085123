import type { Processes } from "../stack";
import type { DynamicProvider } from "./provider";

/** A provider whose calls go to several processes: see `StackOptions.processes`. */
export function providersOf(
    processes: Exclude<Processes, "one">,
    start: () => Promise<DynamicProvider>,
): DynamicProvider {
    const started: Promise<DynamicProvider>[] = [];
    const byType = new Map<string, Promise<DynamicProvider>>();
    const begin = () => {
        const provider = start();
        started.push(provider);
        return provider;
    };
    const ofCall = async <Answer>(
        urn: string,
        call: (provider: DynamicProvider) => Promise<Answer>,
    ): Promise<Answer> => {
        if (processes === "one a call") {
            const provider = await start();
            try {
                return await call(provider);
            } finally {
                // It ends with the call, whatever it has in memory.
                await provider.end(false);
            }
        }
        const type = urn.split("::")[2]!;
        const provider = byType.get(type) ?? begin();
        byType.set(type, provider);
        return call(await provider);
    };
    return {
        check: (urn, olds, news) => ofCall(urn, (provider) => provider.check(urn, olds, news)),
        diff: (urn, id, olds, news) => ofCall(urn, (provider) => provider.diff(urn, id, olds, news)),
        create: (urn, inputs) => ofCall(urn, (provider) => provider.create(urn, inputs)),
        read: (urn, id, outputs) => ofCall(urn, (provider) => provider.read(urn, id, outputs)),
        update: (urn, id, olds, news) => ofCall(urn, (provider) => provider.update(urn, id, olds, news)),
        delete: (urn, id, outputs) => ofCall(urn, (provider) => provider.delete(urn, id, outputs)),
        end: async (isDone) => {
            for (const provider of started) await (await provider).end(isDone);
        },
    };
}
