import type { WireProps } from "./wireValues";
import { plainProps } from "./wireValues";

/**
 * The settings of a provider: the stack's configuration (`milvus:address`), or the arguments of an explicit provider. The
 * engine passes both without their namespace, the former as text, and adds the plugin's `version`.
 */
export class Configuration {
    private constructor(private readonly settings: Readonly<Record<string, unknown>>) {}

    static of(args: WireProps): Configuration {
        return new Configuration(plainProps(args));
    }

    /** A setting by its full name, as text; undefined where it is not set. */
    get(key: string): string | undefined {
        const value = this.settings[key.replace(/^milvus:/, "")];
        if (value === undefined || typeof value === "string") return value;
        return JSON.stringify(value);
    }

    /** The names of all settings, without namespace. */
    names(): string[] {
        return Object.keys(this.settings).filter((name) => name !== "version" && !name.startsWith("__"));
    }
}
