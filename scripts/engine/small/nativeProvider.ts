import { resolve } from "node:path";

import * as proto from "@pulumi/pulumi/proto/provider_pb";

import { checked, diffed, providerAt, struct, type CheckResult, type Provider } from "./provider";
import { startProviderProcess, type ProviderOptions } from "./providerProcess";
import { annotateSecrets, reveal, type Properties } from "./values";

const script = resolve(__dirname, "../../../dist/provider/native/main.js");

/** The plugin, before and after it is configured. */
export interface NativeProvider extends Provider {
    checkConfig(urn: string, olds: Properties, news: Properties): Promise<CheckResult>;
    /** The arguments that have changed. Errors: one that would replace every resource of the provider. */
    diffConfig(urn: string, olds: Properties, news: Properties): Promise<string[]>;
    /** @param settings the stack's configuration as text, or the arguments of an explicit provider */
    configure(settings: Properties, urn: string): Promise<void>;
}

/** Starts the plugin that was built last. */
export async function startNativeProvider(options: ProviderOptions): Promise<NativeProvider> {
    const { connection, end } = await startProviderProcess(script, options);
    const handshake = new proto.ProviderHandshakeRequest().setEngineAddress(options.address);
    const protocol = await connection.call<proto.ProviderHandshakeResponse>("handshake", handshake);
    if (!protocol.getAcceptSecrets()) throw new Error("the plugin does not take secrets");
    const provider = providerAt(connection, {
        hasPreviews: true,
        // The engine cancels what is at work as it ends, too; a plugin that was killed does not hear it.
        end: async (isDone) => {
            await provider.cancel().catch(() => undefined);
            await end(isDone);
        },
    });
    return {
        ...provider,
        checkConfig: async (urn, olds, news) => {
            // The engine keeps secrets from this one call, and marks its answer.
            const request = new proto.CheckRequest().setUrn(urn);
            request.setOlds(struct(reveal(olds))).setNews(struct(reveal(news)));
            const { inputs, failures } = checked(await connection.call("checkConfig", request));
            return { inputs: annotateSecrets(inputs, news), failures };
        },
        diffConfig: async (urn, olds, news) => {
            const request = new proto.DiffRequest().setUrn(urn);
            request.setOlds(struct(olds)).setOldInputs(struct(olds)).setNews(struct(news));
            const answer = await connection.call<proto.DiffResponse>("diffConfig", request);
            if (diffed(answer).replaces.length > 0) throw new Error(`${urn} would be replaced`);
            return answer.getDiffsList();
        },
        configure: async (settings, urn) => {
            const request = new proto.ConfigureRequest().setArgs(struct(settings)).setAcceptsecrets(true);
            request.setUrn(urn);
            await connection.call("configure", request);
        },
    };
}
