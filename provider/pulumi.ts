import type * as pulumi from "@pulumi/pulumi";

import { EngineLog, urnOf } from "./engineLog";
import { lineWithPages, reasonsWithPages, withPages } from "./inputs/report/page";
import { lives } from "./lives";
import { type Life, noSuchResource } from "./resource/life";
import type { Context, Print } from "./resource/context/context";
import { contextFrom } from "./resource/context/contextFrom";
import type { Props } from "./resource/session/props";
import { engineAddress } from "./resource/session/run";
import { runSession } from "./runSession";
import { hiddenInputs } from "./resource/context/resourceState";
import { withCode, withoutTrace } from "./resource/context/withCode";

/** The only adapter to Pulumi's dynamic resources. State holds a shell that leads here: see sdk/shell.ts. */
type Provider = Required<Omit<pulumi.dynamic.ResourceProvider, "configure">>;

/** The engine shows what the provider writes to its standard output as lines under the stack. */
const print = (line: string): void => console.log(lineWithPages(line));

const log = new EngineLog(engineAddress(process.argv), (line) => console.log(line));

/** Of this process: every shell of a run is configured in it. */
const session = runSession(process.argv, print);

/**
 * Called once a shell and process, before any other method. What it does, it does before it returns: the engine may
 * call a method of the same shell while this promise is still pending.
 */
export function configure(
    shell: { resource: string },
    { config }: Pick<pulumi.dynamic.ConfigureRequest, "config">,
): Promise<void> {
    const context = contextFrom({
        get: (key) => config.get(key),
        settings: () => settingsOf(config),
        print,
        session,
    });
    Object.assign(shell, providerOf(shell.resource, context, log));
    return Promise.resolve();
}

/** The methods of a resource. Errors: `MV347` for one that this release does not know. */
export function providerOf(resource: string, context: Context, log?: EngineLog): Provider {
    const make = lives[resource];
    if (!make) throw withoutTrace(noSuchResource(resource));
    const printer = (props: Props) => log && printerOf(log, resource, props);
    return outward((own) => providerOver(make(own)), context, printer);
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
                throw withoutTrace(withPage(withCode(error)));
            } finally {
                await own?.settled();
            }
        },
    ]);
    return Object.fromEntries(wrapped) as Provider;
}

/** The SDK sends the engine the message; the engine shows the reasons in its place where a resource is half done. */
function withPage(error: Error): Error {
    const { reasons } = error as { reasons?: readonly string[] };
    return Object.assign(
        error,
        { message: withPages(error.message) },
        reasons && { reasons: reasons.map((reason) => withPages(reason)) },
    );
}

type Call = (...args: unknown[]) => unknown;

interface Printer {
    print: Print;
    settled: () => Promise<void>;
}

function printerOf(log: EngineLog, resource: string, props: Props): Printer {
    const { owner, name } = hiddenInputs(props);
    return { print: log.printer(urnOf(owner, name, resource), name), settled: () => log.settled() };
}

/** The methods of the dynamic provider, over the life that every adapter shares. */
const providerOver = (life: Life): Provider => ({
    check: async (olds: Props | undefined, news: Props) => {
        const { inputs, failures } = await life.check(olds, news);
        return { inputs, failures: reasonsWithPages(failures) };
    },
    diff: async (_id: string, olds: Props, news: Props) => {
        const { changes, replaces } = await life.diff(olds, news);
        return { changes, replaces: [...replaces] };
    },
    create: async (inputs: Props) => {
        const { id, outs } = await life.create(inputs);
        return { id, outs: withoutUndefined(outs) };
    },
    read: async (id: string, props: Props) => {
        const now = await life.read(id, props);
        return now ? { id: now.id, props: withoutUndefined(now.props) } : { id: "", props: {} };
    },
    update: async (id: string, olds: Props, news: Props) => {
        const outs = await life.update(olds, news).catch((error: unknown) => {
            // The engine takes what an error carries as the state only together with the id.
            throw Object.assign(error as Error, "properties" in (error as Error) && { id });
        });
        return { outs: withoutUndefined(outs) };
    },
    delete: (_id: string, props: Props) => life.delete(props),
});

/** Pulumi refuses a state with a value that is undefined ("Unexpected struct type."), after the call has changed the server. */
const withoutUndefined = (props: Props): Props =>
    Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));

/** Pulumi's type of a configuration has no list of its settings; its object has. */
function settingsOf(config: object): string[] {
    const { rawConfig } = config as { rawConfig?: unknown };
    return typeof rawConfig === "object" && rawConfig !== null ? Object.keys(rawConfig) : [];
}
