import { readFileSync } from "node:fs";

import { announcing } from "../announcing";
import type { Engine, Stack, StackOptions } from "../stack";
import { destroy } from "./destroy";
import { refresh } from "./refresh";
import type { Setting } from "./session";
import { update } from "./update";
import { reveal } from "./values";
import { Vault } from "./vault";

const sdk = JSON.parse(readFileSync(require.resolve("@pulumi/pulumi/package.json"), "utf8")) as {
    version: string;
};

/**
 * A small Pulumi engine for machines without the CLI: the SDK's own program runner and dynamic provider, and our plugin, over the real
 * protocol, in the order of the real engine. It knows no transforms, hooks or reads of others' resources, and
 * says so.
 */
export const testEngine: Engine = {
    name: "test engine",
    version: sdk.version,
    createStack: (options) => Promise.resolve(createStack(options)),
};

function createStack({
    program,
    name = "dev",
    env: own = {},
    warm: mayBeWarm = false,
    announce,
    processes = "one",
    onMessage,
}: StackOptions): Stack {
    const vault = new Vault();
    const config: Record<string, string> = {};
    const secretKeys: string[] = [];
    // What Node itself is told, it is told at its start.
    const warm = mayBeWarm && Object.keys(own).length === 0;
    // A process that is used again tells of itself.
    const env = warm ? {} : { ...own, ...announcing(announce) };
    const setting: Setting = {
        program,
        stack: name,
        config,
        secretKeys,
        env,
        announce,
        warm,
        vault,
        processes,
        onMessage,
    };
    return {
        setConfig: (key, value, secret = false) => {
            const full = key.includes(":") ? key : `${program.project}:${key}`;
            config[full] = value;
            if (secret) secretKeys.push(full);
            return Promise.resolve();
        },
        preview: () => update(setting, true),
        up: ({ replace = [] } = {}) => update(setting, false, replace),
        refresh: () => refresh(setting),
        destroy: () => destroy(setting),
        rename: (to) => {
            vault.renameStack(setting.stack, to);
            setting.stack = to;
            return Promise.resolve();
        },
        cancel: async () => {
            if (!setting.cancel) throw new Error("no operation is at work");
            await setting.cancel();
        },
        exportState: () => Promise.resolve({ resources: vault.sealed() }),
        outputs: () => {
            const root = vault.load().find((resource) => resource.type === "pulumi:pulumi:Stack");
            return Promise.resolve(reveal(root?.outputs ?? {}));
        },
        close: () => Promise.resolve(),
    };
}
