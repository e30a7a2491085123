import { settings } from "../../provider/resource/context/connection";
import { telemetrySettings } from "../../provider/resource/context/telemetrySettings";

/** `caFile` → `--ca-file`. */
export const flagOf = (key: string): string =>
    `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const names = Object.keys({ ...settings, ...telemetrySettings });
const setting = new RegExp(`\\bmilvus:(${names.join("|")})\\b`, "g");

/** The core speaks to users of Pulumi; a user of the command sets an option where those set the stack's configuration. */
export const inWordsOfTheCommand = (message: string): string =>
    message.replace(setting, (_, key: string) => flagOf(key));
