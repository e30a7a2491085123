import { type Command, Option } from "commander";

import type { settings } from "../../provider/resource/context/connection";
import { flagOf } from "../output/wording";

type Setting = keyof typeof settings;

/** What each option of the connection takes and means; the settings are those of the provider. */
const described: Readonly<Record<Setting, [value: string | undefined, meaning: string]>> = {
    address: ["host:port", "address of the server; https://host means TLS (default: localhost:19530)"],
    token: ["token", "API key, or user:password; other users of the machine see it: better --token-file"],
    username: ["name", "user name, with --password or --password-file"],
    password: ["password", "password; other users of the machine see it: better --password-file"],
    database: ["name", "database (default: default)"],
    ssl: [undefined, "use TLS"],
    caFile: ["file", "PEM file with the certificate of the authority"],
    clientCertFile: ["file", "PEM file with the client's certificate, with --client-key-file"],
    clientKeyFile: ["file", "PEM file with the client's key, with --client-cert-file"],
    serverName: ["name", "the name in the server's certificate, where it differs from the address"],
    timeout: ["seconds", "how long one call may take (default: 30)"],
};

export const settingNames = Object.keys(described) as Setting[];

/** Settings that are read from a file, `-` for the standard input, so that no other process sees them. */
export const secretNames = ["token", "password"] as const;

/** The values of the options, by their names in the program (`caFile`, `targetAddress`). */
export type ConnectionOptions = Readonly<Record<string, unknown>>;

/** `address` → `targetAddress`, for a command with two servers. */
export const optionName = (name: string, prefix?: string): string =>
    prefix === undefined ? name : `${prefix}${name[0]!.toUpperCase()}${name.slice(1)}`;

/**
 * Adds the options of a connection: `--address`, or `--target-address` for the second server of a command.
 *
 * @param prefix of the second server: `target`
 */
export function addConnectionOptions(command: Command, prefix?: string): Command {
    const group = prefix === undefined ? "Connection options:" : `Connection options of the ${prefix}:`;
    // A command may have an option of that name itself: `pull --database`.
    const own = new Set(command.options.map((option) => option.attributeName()));
    const add = (name: string, value: string | undefined, meaning: string) =>
        own.has(optionName(name, prefix)) ||
        command.addOption(
            new Option(
                value === undefined
                    ? flagOf(optionName(name, prefix))
                    : `${flagOf(optionName(name, prefix))} <${value}>`,
                meaning,
            ).helpGroup(group),
        );
    for (const name of settingNames) {
        add(name, ...described[name]);
        if ((secretNames as readonly string[]).includes(name))
            add(`${name}File`, "file", `file that holds the ${name}, or - for the standard input`);
    }
    // The second server of a command has no stack of its own: its options and the environment say where it is.
    if (prefix !== undefined) return command;
    return command
        .addOption(
            new Option(
                "--stack [name]",
                "use the configuration of a Pulumi stack, by default of the selected one; options go before it, the environment behind it",
            ).helpGroup(group),
        )
        .addOption(
            new Option(
                "--cwd <folder>",
                "the folder of the stack's Pulumi.yaml, by default this one",
            ).helpGroup(group),
        );
}
