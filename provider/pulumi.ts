import type * as pulumi from "@pulumi/pulumi";

import * as alias from "./resource/alias";
import * as collection from "./resource/collection/create";
import { resolveConnection } from "./resource/context/connection";
import type { Context, Props } from "./resource/context/context";
import { handoff } from "./resource/context/session";
import { hidden, newGeneration } from "./resource/context/identity";
import { movedOf } from "./resource/generations/renamed";
import { RunError } from "./migration/errors";
import { resolvePolicy } from "./resource/context/policy";
import { read } from "./resource/collection/read";
import { aliasSpec, collectionSpec, knownAlias, knownCollection } from "./resource/context/inputs";
import { withCode } from "./resource/context/withCode";
import { planAlias } from "./plan/aliasPlan";
import { parseAlias, parseCollection } from "./inputs/parse";

/**
 * The only adapter to Pulumi. State holds a shell that leads here (sdk/shell.ts); the shell is configured first, and
 * gets its methods from `configure`.
 */
type Provider = Required<Omit<pulumi.dynamic.ResourceProvider, "configure">>;

let config: pulumi.dynamic.Config | undefined;

const context: Context = {
    connection: (props) =>
        resolveConnection(
            props,
            (key) => config?.get(key),
            (name) => process.env[name],
        ),
    // The engine shows what the provider writes to its standard output as lines under the stack.
    print: (line) => console.log(line),
    policy: () => resolvePolicy((key) => config?.get(key)),
};

/**
 * Called once a shell and process, before any other method. What it does, it does before it returns: the engine may
 * call a method of the same shell while this promise is still pending.
 */
export function configure(
    shell: { resource: string },
    request: pulumi.dynamic.ConfigureRequest,
): Promise<void> {
    config = request.config;
    const provider = providers[shell.resource];
    if (!provider)
        throw new RunError(
            "MV347",
            `pulumi-milvus has no resource ${shell.resource}. Install the version that wrote the state, or a newer one`,
        );
    Object.assign(shell, coded(provider));
    return Promise.resolve();
}

/** Gives a code to each error that leaves the provider. */
function coded(provider: Provider): Provider {
    const methods = Object.entries(provider) as [string, (...args: unknown[]) => unknown][];
    const wrapped = methods.map(([name, method]) => [
        name,
        async (...args: unknown[]) => {
            try {
                return await method(...args);
            } catch (error) {
                throw withCode(error);
            }
        },
    ]);
    return Object.fromEntries(wrapped) as Provider;
}

const collectionProvider: Provider = {
    check: (olds: Props | undefined, news: Props) => {
        // Kept from check to check, so that the name stays; the check of a replacement has no olds, and gets a new one.
        const generation = (olds?.__generation as string | undefined) ?? newGeneration();
        if (olds?.__generation === undefined) handoff.awaits(hidden(news).owner);
        const { failures, warnings } = parseCollection(news);
        warnings.forEach(warn);
        return Promise.resolve({ inputs: { ...news, __generation: generation }, failures });
    },

    diff: async (_id: string, olds: Props, news: Props) => {
        const { spec, open } = knownCollection(olds, news);
        for (const argument of open)
            context.print(
                `${String(news.__logicalName)}: ${argument} holds what is known only at \`pulumi up\`, and is planned then [MV122]`,
            );
        if (!spec) return { changes: true };
        const moved = movedOf(olds, news);
        const plan = await collection.diff(context, olds, collectionSpec(olds), spec, moved);
        const changes = plan.verdict !== "none" || open.length > 0 || moved !== undefined;
        return { changes, replaces: plan.replaces };
    },

    create: async (inputs: Props) => {
        const outs = await collection.create(context, inputs, collectionSpec(inputs));
        return { id: idOf(inputs, outs.collectionName), outs: { ...inputs, ...outs } };
    },

    read: async (id: string, props: Props) => {
        const now = await read(context, props, collectionSpec(props));
        return now ? { id, props: now } : { id: "", props: {} };
    },

    update: async (_id: string, olds: Props, news: Props) => {
        const outs = await collection.update(context, olds, news, collectionSpec(olds), collectionSpec(news));
        return { outs: { ...news, ...outs } };
    },

    delete: (_id: string, props: Props) => collection.remove(context, props, collectionSpec(props)),
};

const aliasProvider: Provider = {
    check: (_olds: Props | undefined, news: Props) => {
        const { failures, warnings } = parseAlias(news);
        warnings.forEach(warn);
        // The default stands among the inputs, so that it is seen and kept.
        return Promise.resolve({ inputs: { ...news, name: news.name ?? news.__logicalName }, failures });
    },

    diff: (_id: string, olds: Props, news: Props) => {
        const { spec, open } = knownAlias(olds, news);
        if (!spec) return Promise.resolve({ changes: true });
        const { verdict, replaces } = planAlias(aliasSpec(olds), spec);
        return Promise.resolve({ changes: verdict !== "none" || open.length > 0, replaces });
    },

    create: async (inputs: Props) => {
        const spec = aliasSpec(inputs);
        await alias.create(context, inputs, spec);
        return { id: idOf(inputs, spec.name), outs: inputs };
    },

    read: async (id: string, props: Props) => {
        const collectionName = await alias.read(context, props, aliasSpec(props));
        return collectionName === undefined
            ? { id: "", props: {} }
            : { id, props: { ...props, collection: collectionName } };
    },

    update: async (_id: string, _olds: Props, news: Props) => {
        await alias.update(context, news, aliasSpec(news));
        return { outs: news };
    },

    delete: (_id: string, props: Props) => alias.remove(context, props, aliasSpec(props)),
};

const providers: Record<string, Provider> = { Collection: collectionProvider, Alias: aliasProvider };

/** For people: the physical name, with its database where the program names one. */
function idOf(props: Props, name: string): string {
    return typeof props.database === "string" ? `${props.database}/${name}` : name;
}

/** Checks run several times in one process; a warning is worth one line. */
const warned = new Set<string>();

function warn({ path, message, code }: { path: string; message: string; code: string }): void {
    const line = `warning: ${path}: ${message} [${code}]`;
    if (!warned.has(line)) context.print(line);
    warned.add(line);
}
