import type { ChildProcess } from "node:child_process";
import { join } from "node:path";

import { end, start } from "./child";
import { locals, makeDataFolder, removeTraces, type Local } from "./local";
import { freePorts } from "../../../examples/quickstart/server/ports";
import { environment } from "./python";
import type { Feature, LocalServerName, Server } from "./server";

/** A server of ours: what the tests see, and how the run puts it away. */
export interface OwnServer extends Server {
    /** How often it has ended by itself. */
    readonly crashes: number;
    /** Starts it again where it has. */
    revive(): Promise<void>;
    /** Ends it and removes its data. */
    dispose(): Promise<void>;
}

/**
 * Installs (once) and starts a server on free ports with an empty folder of data.
 * @param crashed called when it ends by itself
 * @throws ServerUnavailable when it cannot be installed; an Error with the end of its log when it does not start.
 */
export async function startLocal(
    name: LocalServerName,
    crashed: () => void = () => undefined,
): Promise<OwnServer> {
    const local: Local = locals[name];
    const home = await environment(name);
    const data = await makeDataFolder(name);
    const [port, ...otherPorts] = await freePorts(1 + local.otherPorts);
    const address = `127.0.0.1:${port!}`;
    const command = {
        ...(await local.command({ home, data, port: port!, otherPorts })),
        cwd: data,
        log: join(data, "server.log"),
        address,
    };
    const pids: number[] = [];
    let child: ChildProcess | undefined;
    let [crashes, isGone] = [0, false];
    const gone = () => {
        crashes++;
        isGone = true;
        crashed();
    };
    const up = async () => {
        isGone = false;
        child = await start(command, gone);
        pids.push(child.pid!);
    };
    const down = async (by: "SIGTERM" | "SIGKILL") => {
        if (child) await end(child, by);
        child = undefined;
    };
    const dispose = async () => {
        await down("SIGTERM");
        await removeTraces(data, pids);
    };
    try {
        await up();
    } catch (error) {
        await dispose();
        throw error;
    }
    return {
        name,
        address,
        token: undefined,
        features: new Set<Feature>(local.features),
        settingsFile: local.settingsFile && join(data, local.settingsFile),
        stop: () => down("SIGTERM"),
        kill: () => down("SIGKILL"),
        restart: async () => {
            await down("SIGTERM");
            await up();
        },
        get crashes() {
            return crashes;
        },
        revive: async () => {
            if (isGone) await up();
        },
        dispose,
    };
}
