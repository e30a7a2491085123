import { Probe } from "./ready";
import { ServerUnavailable, type Feature } from "./server";
import type { OwnServer } from "./startLocal";

/** What every Milvus from 2.4 on can do; `nullable` and `bm25` came with 2.5. */
const always: Feature[] = [
    "aliases",
    "rename",
    "databases",
    "partitions",
    "properties",
    "users",
    "binaryVectors",
    "halfVectors",
    "sparseVectors",
];

/** The server that `MILVUS_ADDRESS` names. It is not ours to stop. */
export async function external(address: string, token: string | undefined): Promise<OwnServer> {
    const probe = new Probe(address, 10_000, token);
    try {
        const { version = "" } = await probe.call<{ version?: string }>("GetVersion");
        const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
        const newer: Feature[] = major > 2 || minor >= 5 ? ["nullable", "bm25"] : [];
        const notOurs = () => Promise.reject(new Error("the server at MILVUS_ADDRESS is not ours to stop"));
        return {
            name: "external",
            address,
            token,
            features: new Set([...always, ...newer]),
            settingsFile: undefined,
            stop: notOurs,
            kill: notOurs,
            restart: notOurs,
            crashes: 0,
            revive: () => Promise.resolve(),
            dispose: () => Promise.resolve(),
        };
    } catch (error) {
        throw new ServerUnavailable(`no Milvus at ${address}: ${(error as Error).message}`);
    } finally {
        probe.close();
    }
}
