import { readFile, rename, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

import { isMilvusError } from "../../../provider/milvus/transport/errors";
import { Probe, type Status } from "./ready";
import { type Server, ServerUnavailable } from "./server";

/** The superuser that every Milvus has from its first start on. */
export const rootToken = "root:Milvus";

/** Milvus reads its settings again every 5 seconds (`pkg/config`, the refresh interval of `paramtable`). */
const mostSeconds = 60;
/** Behind the drops of a whole suite a grant takes more than a minute. */
const mostGrantSeconds = 240;
const setting = /^(\s*authorizationEnabled:\s*)(true|false)\s*$/m;

/**
 * Turns authorization on in a shared server for the time of an action, without a restart: from then on each call needs a
 * user, and each privilege a grant. Other clients without a token are refused meanwhile, so that an action must not run
 * beside other tests on the same server.
 *
 * @throws ServerUnavailable where the server has no settings that we may change.
 */
export async function withAuthorization<Result>(
    server: Server,
    action: (token: string) => Promise<Result>,
): Promise<Result> {
    await setAuthorization(server, true);
    try {
        return await action(rootToken);
    } finally {
        await setAuthorization(server, false);
    }
}

/**
 * What an action of a user returns, once the server lets the user do it. Until 2.5 Milvus answers a grant before its proxies
 * know of it: it tells them in the background, behind the steps of earlier drops (rootcoord, `operate privilege cache`).
 * After twenty drops a grant took from 1 to more than 20 s on 2.3.5, after those of the full suite more than 60 s.
 */
export async function whenAllowed<Result>(action: () => Promise<Result>): Promise<Result> {
    const deadline = Date.now() + mostGrantSeconds * 1000;
    for (;;)
        try {
            return await action();
        } catch (error) {
            if (!isMilvusError(error, "forbidden") || Date.now() > deadline) throw error;
            await delay(50);
        }
}

/** Milvus takes ten roles by default, two of its own among them (`proxy.maxRoleNum`): a test of tenants has one for each. */
const withRoles = (settings: string): string =>
    settings.includes("maxRoleNum") ? settings : settings.replace(/^proxy:$/m, "proxy:\n  maxRoleNum: 100");

/** Resolves when the server acts accordingly. */
async function setAuthorization({ name, address, settingsFile }: Server, on: boolean): Promise<void> {
    if (settingsFile === undefined) throw new ServerUnavailable(`${name} has no settings of authorization`);
    const settings = await readFile(settingsFile, "utf8");
    if (!setting.test(settings)) throw new Error(`no authorizationEnabled in ${settingsFile}`);
    // By rename: the server never reads half a file.
    const next = `${settingsFile}.next`;
    await writeFile(next, withRoles(settings.replace(setting, `$1${on}`)));
    await rename(next, settingsFile);

    const stranger = new Probe(address);
    const root = new Probe(address, 2_000, rootToken);
    const deadline = Date.now() + mostSeconds * 1000;
    try {
        while ((await answers(stranger)) === on || !(await answers(root))) {
            if (Date.now() > deadline)
                throw new Error(
                    `${name} did not turn authorization ${on ? "on" : "off"} in ${mostSeconds} s`,
                );
            await delay(100);
        }
    } finally {
        stranger.close();
        root.close();
    }
}

function answers(probe: Probe): Promise<boolean> {
    return probe.call<{ status?: Status }>("ShowCollections").then(
        ({ status }) => !status?.code && (!status?.error_code || status.error_code === "Success"),
        () => false,
    );
}
