import { readUrn } from "./urn";
import type { WireProps } from "./wireValues";
import { plainProps } from "./wireValues";

/** Default providers have the stack's configuration, and their name begins with `default`. */
function explicitProvider(urn: string): string | undefined {
    const { name } = readUrn(urn);
    return name === "" || /^default(_|$)/.test(name) ? undefined : name;
}

/**
 * The settings of a provider: the stack's configuration (`milvus:address`), or the arguments of an explicit provider. The
 * engine passes both without their namespace, the former as text, and adds the plugin's `version`.
 */
export class Configuration {
    private constructor(
        private readonly settings: Readonly<Record<string, unknown>>,
        /** Name of the explicit provider; undefined for the stack's configuration. */
        readonly provider: string | undefined,
    ) {}

    /** @param urn of the provider; engines that do not tell it pass an empty one */
    static of(args: WireProps, urn = ""): Configuration {
        return new Configuration(plainProps(args), explicitProvider(urn));
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
