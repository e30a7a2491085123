import { createRequire } from "node:module";
import { join } from "node:path";

import * as proto from "@pulumi/pulumi/proto/provider_pb";

import { InitError, providerAt, struct, type Provider } from "./provider";
import { startProviderProcess, type ProviderOptions } from "./providerProcess";
import { annotateSecrets, reveal, type Properties } from "./values";

/** Starts the dynamic provider of @pulumi/pulumi, and configures it with the stack's configuration. */
export async function startDynamicProvider(
    options: ProviderOptions & { project: string; config: Record<string, string> },
): Promise<Provider> {
    const find = createRequire(join(options.dir, "package.json"));
    const env = { ...options.env, PULUMI_NODEJS_PROJECT: options.project };
    const script = find.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const { connection, end } = await startProviderProcess(script, { ...options, env });
    const request = new proto.ConfigureRequest().setArgs(struct(options.config)).setAcceptsecrets(true);
    await connection.call("configure", request);
    return inPlain(providerAt(connection, { hasPreviews: false, end }));
}

/** It takes no secrets: they go in and out in plain, and what comes out is secret where it was secret on the way in. */
function inPlain(provider: Provider): Provider {
    const open = ({ inputs, outputs }: { inputs: Properties; outputs: Properties }) => ({
        inputs: reveal(inputs),
        outputs: reveal(outputs),
    });
    const half = (inputs: Properties) => (error: unknown) => {
        if (error instanceof InitError) error.outputs = annotateSecrets(error.outputs, inputs);
        throw error;
    };
    return {
        ...provider,
        check: async (urn, olds, news, options) => {
            const { inputs, failures } = await provider.check(urn, reveal(olds), reveal(news), options);
            return { inputs: annotateSecrets(inputs, news), failures };
        },
        diff: (urn, id, olds, news) => provider.diff(urn, id, open(olds), reveal(news)),
        create: async (urn, inputs, options) => {
            const made = await provider.create(urn, reveal(inputs), options).catch(half(inputs));
            return { ...made, outputs: annotateSecrets(made.outputs, inputs) };
        },
        read: async (urn, id, olds) => {
            const found = await provider.read(urn, id, open(olds));
            return {
                ...found,
                inputs: found.inputs && annotateSecrets(found.inputs, olds.inputs),
                outputs: annotateSecrets(annotateSecrets(found.outputs, olds.inputs), olds.outputs),
            };
        },
        update: async (urn, id, olds, news, options) =>
            annotateSecrets(
                await provider.update(urn, id, open(olds), reveal(news), options).catch(half(news)),
                news,
            ),
        delete: (urn, id, olds, options) => provider.delete(urn, id, open(olds), options),
    };
}
