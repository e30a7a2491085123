import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import type { Command } from "./child";
import { ServerUnavailable, type Feature, type LocalServerName } from "./server";

/** How a server from PyPI is started on a folder of data, from its virtual environment. */
export interface Local {
    features: Feature[];
    /** How many ports beside the one that clients use. */
    otherPorts: number;
    /** Where in the folder of data its settings are. */
    settingsFile?: string;
    command(at: {
        home: string;
        data: string;
        port: number;
        otherPorts: number[];
    }): StartCommand | Promise<StartCommand>;
}

type StartCommand = Pick<Command, "file" | "args" | "env">;

/** Each of them has a default, and two servers of one host may not share it. */
const standalonePorts = [
    "etcd_port",
    "peer_port",
    "metrics_port",
    "proxy_internal_port",
    "root_coord_port",
    "query_coord_port",
    "query_node_port",
    "index_coord_port",
    "index_node_port",
    "data_coord_port",
    "data_node_port",
];

/** Sources: the help of each command, and the servers themselves. */
export const locals = {
    "milvus-lite-3.2.2": {
        features: [
            "aliases",
            "rename",
            "databases",
            "partitions",
            "properties",
            "nullable",
            "bm25",
            "sparseVectors",
        ],
        otherPorts: 0,
        command: ({ home, data, port }) => ({
            file: join(home, "bin/milvus-lite"),
            args: ["server", "--data-dir", data, "--host", "127.0.0.1", "--port", String(port)],
        }),
    },
    "milvus-2.3.5": {
        features: ["aliases", "rename", "databases", "partitions", "properties", "users", "binaryVectors"],
        otherPorts: standalonePorts.length,
        settingsFile: "configs/milvus.yaml",
        command: ({ home, data, port, otherPorts }) => ({
            file: join(home, "bin/python"),
            args: [
                join(__dirname, "standalone.py"),
                data,
                join(home, "milvus"),
                basename(data),
                `proxy_port=${port}`,
                ...standalonePorts.map((name, at) => `${name}=${otherPorts[at]!}`),
            ],
        }),
    },
    "milvus-lite-2.5.1": {
        features: ["binaryVectors", "halfVectors", "sparseVectors"],
        otherPorts: 0,
        command: async ({ home, data, port }) => {
            const libraries = await libraryFolder(home);
            return {
                file: join(libraries, "milvus"),
                args: [join(data, "milvus.db"), `127.0.0.1:${port}`, "ERROR"],
                env: { LD_LIBRARY_PATH: libraries },
            };
        },
    },
} satisfies Record<LocalServerName, Local>;

/** `lib/python3.x/site-packages/milvus_lite/lib`, whichever Python it is. */
async function libraryFolder(home: string): Promise<string> {
    const python = (await readdir(join(home, "lib"))).find((entry) => entry.startsWith("python3"));
    if (!python) throw new ServerUnavailable(`no Python in ${home}`);
    return join(home, "lib", python, "site-packages/milvus_lite/lib");
}

/** A folder for one server's data. Its name serves Milvus as a name, too: no dots. */
export function makeDataFolder(name: LocalServerName): Promise<string> {
    return mkdtemp(join(tmpdir(), `${name.replaceAll(".", "-")}-`));
}

/** Removes the data, and what Milvus 2.3.5 keeps elsewhere: a pid file by its alias, and its id by process. */
export async function removeTraces(data: string, pids: number[]): Promise<void> {
    const pidFiles = ["/run/milvus", "/tmp/milvus"].map(
        (folder) => `${folder}/standalone-${basename(data)}.pid`,
    );
    const idFiles = pids.map((pid) => `/tmp/milvus/server_id_${pid}`);
    for (const path of [data, ...pidFiles, ...idFiles]) await rm(path, { recursive: true, force: true });
}
