import { startNode } from "./nodeProcess";
import { startWarm } from "./warm/pool";
import { Connection } from "./provider";

export interface ProviderProcess {
    connection: Connection;
    /** @param isDone whether it has nothing to do any more */
    end: (isDone: boolean) => Promise<void>;
}

export interface ProviderOptions {
    /** The program's folder. */
    dir: string;
    env: Record<string, string>;
    /** A folder in which it leaves its process id. */
    announce: string | undefined;
    warm: boolean;
    /** That of the engine. */
    address: string;
    onLine: (line: string) => void;
}

/** Starts the script of a provider in the program's folder, as the CLI does. Its first line is its port. */
export async function startProviderProcess(
    script: string,
    { dir, env, announce, warm, address, onLine }: ProviderOptions,
): Promise<ProviderProcess> {
    let tellPort: (line: string) => void = () => undefined;
    const port = new Promise<string>((resolve) => (tellPort = resolve));
    let first = true;
    const hear = (line: string, stream: "stdout" | "stderr") => {
        if (stream === "stdout" && first) {
            first = false;
            tellPort(line);
        } else onLine(line);
    };
    const args = [address];
    const child = warm
        ? startWarm({ kind: "provider", dir, env, announce, script, args }, hear)
        : startNode({ script, args, cwd: dir, env, onLine: hear });
    const noPort = child.exit.then((code) => Promise.reject(new Error(`the provider ended with ${code}`)));
    noPort.catch(() => undefined);
    const connection = new Connection(await Promise.race([port, noPort]));
    return {
        connection,
        end: async (isDone) => {
            connection.close();
            await child.end(isDone);
        },
    };
}
