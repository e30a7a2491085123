import type * as pulumi from "@pulumi/pulumi";

import { EngineLog, messageOf, urnOf } from "./engineLog";
import { parseAlias, parseCollection } from "./inputs/parse";
import { RunError } from "./migration/errors";
import * as alias from "./resource/alias/index";
import * as collection from "./resource/collection/index";
import { configuredServer, serverChange, serverChangeText } from "./resource/context/configuredServer";
import { resolveConnection } from "./resource/context/connection";
import type { Context, Print } from "./resource/context/context";
import type { Props } from "./resource/session/props";
import { FallbackLedger } from "./resource/session/fallbackLedger";
import { knownAlias, knownCollection } from "./resource/context/inputs";
import { FileLedger } from "./resource/session/ledger";
import { surroundings } from "./resource/preflight/surroundings";
import { withLastConfiguration } from "./resource/context/lastConfiguration";
import { resolvePolicy } from "./resource/context/policy";
import { engineAddress, runOf } from "./resource/session/run";
import {
    aliasResource,
    collectionRequest,
    collectionState,
    hiddenInputs,
} from "./resource/context/resourceState";
import { Session } from "./resource/session/session";
import { withCode, withoutTrace } from "./resource/context/withCode";
import { ownerRenameOf } from "./resource/generations/ownerRename";

/** The only adapter to Pulumi's dynamic resources. State holds a shell that leads here: see sdk/shell.ts. */
type Provider = Required<Omit<pulumi.dynamic.ResourceProvider, "configure">>;

/** The engine shows what the provider writes to its standard output as lines under the stack. */
const print = (line: string): void => console.log(line);

const run = runOf(process.argv);

const log = new EngineLog(engineAddress(process.argv), print);

/** Of this process: every shell of a run is configured in it. */
const session = new Session(
    run,
    new FallbackLedger(new FileLedger(run), ({ message }) => {
        print(`warning: the temporary folder cannot be used (${message}); the run must end in this process`);
    }),
    // That of the run has told of the folder.
    new FallbackLedger(new FileLedger("previews"), () => undefined),
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
        settings: () => settingsOf(config),
        session,
    };
    Object.assign(shell, providerOf(shell.resource, context, log));
    return Promise.resolve();
}

/** The methods of a resource. Errors: `MV347` for one that this release does not know. */
export function providerOf(resource: string, context: Context, log?: EngineLog): Provider {
    const make = providers[resource];
    if (make) return outward(make, context, (props) => log && printerOf(log, resource, props));
    throw withoutTrace(
        new RunError(
            "MV347",
            `pulumi-milvus has no resource ${resource}. Install the version that wrote the state, or a newer one`,
        ),
    );
}

/**
 * Each call as Pulumi sees it: its lines go to its resource, each error has a code, and none but those that are bugs a stack
 * trace.
 */
function outward(
    make: (context: Context) => Provider,
    context: Context,
    printer: (props: Props) => Printer | undefined,
): Provider {
    const names = Object.keys(make(context)) as (keyof Provider)[];
    const wrapped = names.map((name) => [
        name,
        async (...args: unknown[]) => {
            // The last argument of each method is what the resource is to be, or was at last.
            const own = printer((args.at(-1) ?? {}) as Props);
            const call = make(own ? { ...context, print: own.print } : context)[name] as Call;
            try {
                return await call(...args);
            } catch (error) {
                throw withoutTrace(withCode(error));
            } finally {
                await own?.settled();
            }
        },
    ]);
    return Object.fromEntries(wrapped) as Provider;
}

type Call = (...args: unknown[]) => unknown;

interface Printer {
    print: Print;
    settled: () => Promise<void>;
}

function printerOf(log: EngineLog, resource: string, props: Props): Printer {
    const { owner, name } = hiddenInputs(props);
    const urn = urnOf(owner, name, resource);
    return {
        print: (line, kind) => log.write(urn, messageOf(name, line, kind === "status"), line),
        settled: () => log.settled(),
    };
}

const collectionProvider = (context: Context): Provider => ({
    check: async (olds: Props | undefined, news: Props) => {
        const isNew = olds?.__owner === undefined;
        if (isNew) context.session.pendingReplacements.awaitCreation(hiddenInputs(news).owner);
        const { failures, warnings } = parseCollection(news);
        warnings.forEach((warning) => warn(context, warning));
        // Nothing random among the inputs: `up --plan` checks them again, and compares them with those of the preview.
        const generation = olds?.__generation;
        const inputs = generation === undefined ? news : { ...news, __generation: generation };
        const mayLook = isNew && failures.length === 0;
        const found = await surroundings(
            context,
            news,
            mayLook && (() => collection.preflight(context, news)),
        );
        return { inputs, failures: [...failures, ...found] };
    },

    diff: async (_id: string, olds: Props, news: Props) => {
        const { spec, open } = knownCollection(olds, news);
        for (const argument of open)
            context.print(
                `${hiddenInputs(news).name}: ${argument} holds what is known only at \`pulumi up\`, and is planned then; a loss in it has to be allowed by name [MV122]`,
            );
        if (!spec) {
            context.session.previews.planned(olds.generation as string, open);
            return { changes: true };
        }
        const deployed = collectionState(olds);
        context.session.previews.planned(deployed.generation, open);
        const ownerRename = ownerRenameOf(deployed, hiddenInputs(news));
        const plan = await collection.diff(context, deployed, spec, ownerRename);
        const changes =
            plan.verdict !== "none" ||
            open.length > 0 ||
            ownerRename !== undefined ||
            serverChange(context, olds) !== undefined;
        return { changes, replaces: plan.replaces };
    },

    create: async (inputs: Props) => {
        const outs = await collection.create(context, collectionRequest(inputs));
        const __server = configuredServer(context, inputs);
        return { id: idOf(inputs, outs.collectionName), outs: { ...inputs, ...outs, __server } };
    },

    read: async (id: string, props: Props) => {
        const now = await withLastConfiguration(props, () =>
            collection.read(context, collectionState(props)),
        );
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
        return { outs: { ...news, ...outs, __server: configuredServer(context, news) } };
    },

    delete: (_id: string, props: Props) =>
        withLastConfiguration(props, () => collection.remove(context, collectionState(props))),
});

const aliasProvider = (context: Context): Provider => ({
    check: async (olds: Props | undefined, news: Props) => {
        const { failures, warnings } = parseAlias(news);
        warnings.forEach((warning) => warn(context, warning));
        // The default stands among the inputs, so that it is seen and kept.
        const inputs = { ...news, name: news.name ?? news.__logicalName };
        const isNew = olds?.__owner === undefined && failures.length === 0;
        const found = await surroundings(context, news, isNew && (() => alias.preflight(context, news)));
        return { inputs, failures: [...failures, ...found] };
    },

    diff: async (_id: string, olds: Props, news: Props) => {
        const { spec, open } = knownAlias(olds, news);
        const moved = serverChange(context, olds);
        if (moved) context.print(serverChangeText(hiddenInputs(news).name, moved));
        if (!spec) return { changes: true };
        const { verdict, replaces } = await alias.diff(
            context,
            aliasResource(olds),
            spec,
            open.includes("collection"),
        );
        return { changes: verdict !== "none" || open.length > 0 || moved !== undefined, replaces };
    },

    create: async (inputs: Props) => {
        const resource = aliasResource(inputs);
        await alias.create(context, resource);
        const outs = { ...inputs, __server: configuredServer(context, inputs) };
        return { id: idOf(inputs, resource.spec.name), outs };
    },

    read: async (id: string, props: Props) => {
        const collectionName = await withLastConfiguration(props, () =>
            alias.read(context, aliasResource(props)),
        );
        return collectionName === undefined
            ? { id: "", props: {} }
            : {
                  id,
                  props: { ...props, collection: collectionName, __server: configuredServer(context, props) },
              };
    },

    update: async (_id: string, _olds: Props, news: Props) => {
        await alias.update(context, aliasResource(news));
        return { outs: { ...news, __server: configuredServer(context, news) } };
    },

    delete: (_id: string, props: Props) =>
        withLastConfiguration(props, () => alias.remove(context, aliasResource(props))),
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

/** Pulumi's type of a configuration has no list of its settings; its object has. */
function settingsOf(config: object): string[] {
    const { rawConfig } = config as { rawConfig?: unknown };
    return typeof rawConfig === "object" && rawConfig !== null ? Object.keys(rawConfig) : [];
}
