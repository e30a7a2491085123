import type { LocalServerName, Server, ServerName } from "./server";
import { external } from "./external";
import { startLocal, type OwnServer } from "./startLocal";

const localNames: LocalServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5", "milvus-lite-2.5.1"];

/**
 * The servers that this run tests on: those that `PULUMI_MILVUS_SERVERS` names (by commas), or the external one alone
 * when `MILVUS_ADDRESS` is given, or all from PyPI.
 */
export function chosenServers(env: NodeJS.ProcessEnv = process.env): ServerName[] {
    const known: ServerName[] = env["MILVUS_ADDRESS"] ? [...localNames, "external"] : localNames;
    const asked = env["PULUMI_MILVUS_SERVERS"]
        ?.split(",")
        .map((name) => name.trim())
        .filter(Boolean);
    const wrong = asked?.find((name) => !known.some((other) => other === name));
    if (wrong) throw new Error(`PULUMI_MILVUS_SERVERS: there is no ${wrong}, but ${known.join(", ")}`);
    if (asked) return known.filter((name) => asked.includes(name));
    return env["MILVUS_ADDRESS"] ? ["external"] : localNames;
}

const started = new Map<string, Promise<OwnServer>>();

/**
 * One of the chosen servers, shared by all suites of the run: the first call starts it, and one that has ended by itself is
 * started again.
 *
 * @param apart whether it is the one for suites that turn authorization on
 * @throws ServerUnavailable when it cannot be had here.
 */
export async function server(name: ServerName, apart = false): Promise<Server> {
    if (!chosenServers().includes(name)) throw new Error(`${name} is not among the servers of this run`);
    const key = apart ? `${name} with authorization` : name;
    const starting = started.get(key) ?? start(name);
    started.set(key, starting);
    const running = await starting;
    await running.revive();
    return running;
}

function start(name: ServerName): Promise<OwnServer> {
    return name === "external"
        ? external(process.env["MILVUS_ADDRESS"]!, process.env["MILVUS_TOKEN"])
        : startLocal(name, () => crashed());
}

let crashed: () => void = () => undefined;

/** Tells of a server that has ended by itself, and thereby of the story that it ends in: one listener at a time. */
export function whenOneCrashes(listener: () => void): void {
    crashed = listener;
}

export interface Availability {
    name: string;
    /** Why it is missing; undefined for a server that runs. */
    missing: string | undefined;
    /** How often it has ended by itself. */
    crashes: number;
}

/** Those that were asked for in this run, and how that went. */
export async function usedServers(): Promise<Availability[]> {
    return Promise.all(
        [...started].map(([name, starting]) =>
            starting.then(
                ({ crashes }) => ({ name, missing: undefined, crashes }),
                (error: unknown) => ({ name, missing: (error as Error).message, crashes: 0 }),
            ),
        ),
    );
}

/** Ends every server of the run and removes their data. They stay known for the report. */
export async function disposeServers(): Promise<void> {
    const all = await Promise.allSettled([...started.values()]);
    const running = all.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    await Promise.all(running.map((server) => server.dispose()));
}

export { ServerUnavailable, type Server, type ServerName } from "./server";
