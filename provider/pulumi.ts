import type * as pulumi from "@pulumi/pulumi";

import { parseAlias, parseCollection } from "./inputs/parse";
import { RunError } from "./migration/errors";
import { planAlias } from "./plan/aliasPlan";
import * as alias from "./resource/alias/index";
import * as collection from "./resource/collection/index";
import { resolveConnection } from "./resource/context/connection";
import type { Context } from "./resource/context/context";
import type { Props } from "./resource/session/props";
import { FallbackLedger } from "./resource/session/fallbackLedger";
import { newGeneration } from "./resource/context/identity";
import { aliasSpec, knownAlias, knownCollection } from "./resource/context/inputs";
import { FileLedger } from "./resource/session/ledger";
import { resolvePolicy } from "./resource/context/policy";
import { runOf } from "./resource/session/run";
import {
    aliasResource,
    collectionRequest,
    collectionState,
    hiddenInputs,
} from "./resource/context/resourceState";
import { Session } from "./resource/session/session";
import { withCode } from "./resource/context/withCode";
import { ownerRenameOf } from "./resource/generations/ownerRename";

/** The only adapter to Pulumi's dynamic resources. State holds a shell that leads here: see sdk/shell.ts. */
type Provider = Required<Omit<pulumi.dynamic.ResourceProvider, "configure">>;

/** The engine shows what the provider writes to its standard output as lines under the stack. */
const print = (line: string): void => console.log(line);

const run = runOf(process.argv);

/** Of this process: every shell of a run is configured in it. */
const session = new Session(
    run,
    new FallbackLedger(new FileLedger(run), ({ message }) => {
        print(`warning: the temporary folder cannot be used (${message}); the run must end in this process`);
    }),
);

/**
 * Called once a shell and process, before any other method. What it does, it does before it returns: the engine may
 * call a method of the same shell while this promise is still pending.
 */
export function configure(
    shell: { resource: string },
    { config }: Pick<pulumi.dynamic.ConfigureRequest, "config">,
): Promise<void> {
    const context: Context = {
        connection: (props) =>
            resolveConnection(
                props,
                (key) => config.get(key),
                (name) => process.env[name],
            ),
        print,
        policy: () => resolvePolicy((key) => config.get(key)),
        session,
    };
    Object.assign(shell, providerOf(shell.resource, context));
    return Promise.resolve();
}

/** The methods of a resource. Errors: `MV347` for one that this release does not know. */
export function providerOf(resource: string, context: Context): Provider {
    const make = providers[resource];
    if (make) return coded(make(context));
    throw new RunError(
        "MV347",
        `pulumi-milvus has no resource ${resource}. Install the version that wrote the state, or a newer one`,
    );
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

const collectionProvider = (context: Context): Provider => ({
    check: (olds: Props | undefined, news: Props) => {
        // Kept from check to check, so that the name stays; the check of a replacement has no olds, and gets a new one.
        const generation = (olds?.__generation as string | undefined) ?? newGeneration();
        if (olds?.__generation === undefined)
            context.session.pendingReplacements.awaitCreation(hiddenInputs(news).owner);
        const { failures, warnings } = parseCollection(news);
        warnings.forEach((warning) => warn(context, warning));
        return Promise.resolve({ inputs: { ...news, __generation: generation }, failures });
    },

    diff: async (_id: string, olds: Props, news: Props) => {
        const { spec, open } = knownCollection(olds, news);
        for (const argument of open)
            context.print(
                `${hiddenInputs(news).name}: ${argument} holds what is known only at \`pulumi up\`, and is planned then [MV122]`,
            );
        if (!spec) return { changes: true };
        const deployed = collectionState(olds);
        const ownerRename = ownerRenameOf(deployed, hiddenInputs(news));
        const plan = await collection.diff(context, deployed, spec, ownerRename);
        const changes = plan.verdict !== "none" || open.length > 0 || ownerRename !== undefined;
        return { changes, replaces: plan.replaces };
    },

    create: async (inputs: Props) => {
        const outs = await collection.create(context, collectionRequest(inputs));
        return { id: idOf(inputs, outs.collectionName), outs: { ...inputs, ...outs } };
    },

    read: async (id: string, props: Props) => {
        const now = await collection.read(context, collectionState(props));
        return now ? { id, props: now } : { id: "", props: {} };
    },

    update: async (id: string, olds: Props, news: Props) => {
        const request = collectionRequest(news);
        const outs = await collection
            .update(context, collectionState(olds), request)
            .catch((error: unknown) => {
                // The engine takes what an error carries as the state only together with the id.
                throw Object.assign(error as Error, "properties" in (error as Error) && { id });
            });
        return { outs: { ...news, ...outs } };
    },

    delete: (_id: string, props: Props) => collection.remove(context, collectionState(props)),
});

const aliasProvider = (context: Context): Provider => ({
    check: (_olds: Props | undefined, news: Props) => {
        const { failures, warnings } = parseAlias(news);
        warnings.forEach((warning) => warn(context, warning));
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
        const resource = aliasResource(inputs);
        await alias.create(context, resource);
        return { id: idOf(inputs, resource.spec.name), outs: inputs };
    },

    read: async (id: string, props: Props) => {
        const collectionName = await alias.read(context, aliasResource(props));
        return collectionName === undefined
            ? { id: "", props: {} }
            : { id, props: { ...props, collection: collectionName } };
    },

    update: async (_id: string, _olds: Props, news: Props) => {
        await alias.update(context, aliasResource(news));
        return { outs: news };
    },

    delete: (_id: string, props: Props) => alias.remove(context, aliasResource(props)),
});

const providers: Record<string, (context: Context) => Provider> = {
    Collection: collectionProvider,
    Alias: aliasProvider,
};

/** For people: the physical name, with its database where the program names one. */
function idOf(props: Props, name: string): string {
    return typeof props.database === "string" ? `${props.database}/${name}` : name;
}

/** Checks run several times in one process; a warning is worth one line. */
function warn(
    { print: tell, session: { warned } }: Context,
    { path, message, code }: { path: string; message: string; code: string },
): void {
    const line = `warning: ${path}: ${message} [${code}]`;
    if (!warned.has(line)) tell(line);
    warned.add(line);
}
