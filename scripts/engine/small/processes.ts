import type { Processes } from "../stack";
import type { Provider } from "./provider";

/** A provider whose calls go to several processes: see `StackOptions.processes`. */
export function inProcesses(
    processes: Processes,
    hasPreviews: boolean,
    start: () => Promise<Provider>,
): Promise<Provider> {
    if (processes === "one") return start();
    const started: Promise<Provider>[] = [];
    const byType = new Map<string, Promise<Provider>>();
    const begin = () => {
        const provider = start();
        started.push(provider);
        return provider;
    };
    const ofCall = async <Answer>(
        urn: string,
        call: (provider: Provider) => Promise<Answer>,
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
    return Promise.resolve({
        hasPreviews,
        check: (urn, ...rest) => ofCall(urn, (provider) => provider.check(urn, ...rest)),
        diff: (urn, ...rest) => ofCall(urn, (provider) => provider.diff(urn, ...rest)),
        create: (urn, ...rest) => ofCall(urn, (provider) => provider.create(urn, ...rest)),
        read: (urn, ...rest) => ofCall(urn, (provider) => provider.read(urn, ...rest)),
        update: (urn, ...rest) => ofCall(urn, (provider) => provider.update(urn, ...rest)),
        delete: (urn, ...rest) => ofCall(urn, (provider) => provider.delete(urn, ...rest)),
        cancel: async () => {
            for (const provider of started) await (await provider).cancel();
        },
        end: async (isDone) => {
            for (const provider of started) await (await provider).end(isDone);
        },
    });
}
