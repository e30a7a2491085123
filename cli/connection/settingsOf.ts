import { resolve } from "node:path";

import { CommandError } from "../errors";
import type { Io } from "../io";
import { flagOf } from "../output/wording";
import { type ConnectionOptions, optionName, secretNames, settingNames } from "./options";
import { readSecret } from "./secretFile";
import { telemetryNames } from "./telemetryOptions";

/** Settings as the provider takes them: text by their full names, `milvus:address`. */
export type Settings = ReadonlyMap<string, string>;

/** What the options of the command line set. Errors: `MV500` for a secret that is given twice, `MV503`. */
export async function settingsOf(io: Io, options: ConnectionOptions, prefix?: string): Promise<Settings> {
    const settings = new Map<string, string>();
    for (const name of settingNames) {
        const value = options[optionName(name, prefix)] as string | boolean | undefined;
        // The provider looks for a file beside the program; a user of the command means the current folder.
        if (value !== undefined)
            settings.set(
                `milvus:${name}`,
                name.endsWith("File") ? resolve(io.folder, String(value)) : String(value),
            );
    }
    for (const name of telemetryNames) {
        const value = options[name] as string | undefined;
        if (value !== undefined && prefix === undefined) settings.set(`milvus:${name}`, value);
    }
    for (const name of secretNames) {
        const option = optionName(`${name}File`, prefix);
        const path = options[option] as string | undefined;
        if (path === undefined) continue;
        if (settings.has(`milvus:${name}`))
            throw new CommandError(
                "MV500",
                `${flagOf(option)}: ${flagOf(optionName(name, prefix))} is given as well. Use one or the other`,
            );
        settings.set(`milvus:${name}`, await readSecret(io, path, flagOf(option)));
    }
    return settings;
}

const credentials = ["milvus:token", "milvus:username", "milvus:password"];

/**
 * The options before the stack's configuration, setting by setting. Who calls is one setting: a token of the stack does not
 * go with a user of the options.
 */
export function merged(given: Settings, configured: Settings = new Map()): Settings {
    const namesUser = given.has("milvus:token") || given.has("milvus:username");
    const kept = [...configured].filter(([key]) => !(namesUser && credentials.includes(key)));
    return new Map([...kept, ...given]);
}
