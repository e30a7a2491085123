import { startDynamicProvider } from "./dynamicProvider";
import { startNativeProvider, type NativeProvider } from "./nativeProvider";
import { inProcesses } from "./processes";
import type { CheckResult, Provider } from "./provider";
import type { Setting } from "./session";
import { conceal, type Properties } from "./values";
import type { Resource } from "./vault";

export interface ProvidersOptions {
    setting: Setting;
    /** Resources of the last operation, the explicit providers among them. */
    olds: () => Resource[];
    /** Where a provider finds the engine: the dynamic one gets the first, where nobody listens. */
    addresses: { dynamic: string; native: () => Promise<string> };
    onLine: (line: string) => void;
}

/** An explicit provider, which is a resource itself. */
export const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");

const dynamicRef = "pulumi-nodejs";

/** The providers of an operation, each started at the first need: one for each that resources name, as the real engine has. */
export class Providers {
    private readonly started = new Map<string, Promise<Provider>>();
    /** Arguments of explicit providers, by URN. */
    private readonly settings = new Map<string, Properties>();
    /** One without configuration, which checks that of others. */
    private checker: Promise<NativeProvider> | undefined;

    constructor(private readonly options: ProvidersOptions) {}

    /** @param provider `urn::id` of an explicit provider, or the name of a default one */
    of({ type, provider = "default" }: Pick<Resource, "type" | "provider">): Promise<Provider> {
        const isDynamic = type.startsWith(`${dynamicRef}:`);
        const ref = isDynamic ? dynamicRef : provider;
        const begin = isDynamic ? () => this.startDynamic() : () => this.startNative(ref);
        const { processes } = this.options.setting;
        const starting = this.started.get(ref) ?? inProcesses(processes, !isDynamic, begin);
        this.started.set(ref, starting);
        return starting;
    }

    async checkConfig(urn: string, olds: Properties, news: Properties): Promise<CheckResult> {
        return (await this.unconfigured()).checkConfig(urn, olds, news);
    }

    async diffConfig(urn: string, olds: Properties, news: Properties): Promise<string[]> {
        return (await this.unconfigured()).diffConfig(urn, olds, news);
    }

    /** The arguments of an explicit provider from now on. */
    configure(urn: string, settings: Properties): void {
        this.settings.set(urn, settings);
    }

    async cancel(): Promise<void> {
        for (const provider of this.started.values()) await (await provider).cancel().catch(() => undefined);
    }

    async end(isDone: boolean): Promise<void> {
        for (const starting of [...this.started.values(), ...(this.checker ? [this.checker] : [])])
            await starting.then(
                (provider) => provider.end(isDone),
                () => undefined,
            );
    }

    private async startDynamic(): Promise<Provider> {
        const { setting, addresses, onLine } = this.options;
        const { program, config } = setting;
        const { project, dir } = program;
        return startDynamicProvider({ ...setting, dir, address: addresses.dynamic, onLine, project, config });
    }

    private async startNative(ref: string): Promise<Provider> {
        const provider = await this.spawnNative();
        const urn = ref.split("::").slice(0, 4).join("::");
        if (isExplicit(ref)) {
            await provider.configure(this.settingsOf(urn), urn);
            return provider;
        }
        const { program, stack } = this.options.setting;
        const own = `urn:pulumi:${stack}::${program.project}::pulumi:providers:milvus::${ref.replace(/\W/g, "_")}`;
        const { inputs, failures } = await provider.checkConfig(own, {}, this.stackSettings());
        const [failure] = failures;
        if (failure) throw new Error(`provider milvus has a problem: ${failure.reason}`);
        await provider.configure(inputs, own);
        return provider;
    }

    private unconfigured(): Promise<NativeProvider> {
        return (this.checker ??= this.spawnNative());
    }

    private async spawnNative(): Promise<NativeProvider> {
        const { setting, addresses, onLine } = this.options;
        const { dir } = setting.program;
        return startNativeProvider({ ...setting, dir, address: await addresses.native(), onLine });
    }

    private settingsOf(urn: string): Properties {
        const settings =
            this.settings.get(urn) ?? this.options.olds().find((resource) => resource.urn === urn)?.inputs;
        if (!settings) throw new Error(`there is no provider ${urn}`);
        return settings;
    }

    /** Text without its namespace, with the version of the plugin beside it. */
    private stackSettings(): Properties {
        const { config, secretKeys } = this.options.setting;
        const own = Object.entries(config).flatMap(([key, value]) =>
            key.startsWith("milvus:")
                ? [[key.slice("milvus:".length), secretKeys.includes(key) ? conceal(value) : value] as const]
                : [],
        );
        return { ...Object.fromEntries(own), version: "0.1.0" };
    }
}

const isExplicit = (ref: string): boolean => ref.startsWith("urn:");
