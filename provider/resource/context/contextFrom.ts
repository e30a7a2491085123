import type { Session } from "../session/session";
import { resolveConnection } from "./connection";
import type { Context, Print } from "./context";
import { resolvePolicy } from "./policy";
import { resolveTelemetry } from "./telemetrySettings";

/** What an adapter gives: the stack's configuration, or the arguments of an explicit provider, and where lines go. */
export interface ContextSource {
    /** A setting by its full name, `milvus:address`; undefined where it is not set. */
    get: (key: string) => string | undefined;
    /** The full names of all settings. */
    settings: () => string[];
    /** Name of the explicit provider that the settings belong to. */
    provider?: string | undefined;
    print: Print;
    report?: Context["report"];
    /** By default that of this process. */
    environment?: (name: string) => string | undefined;
    session: Session;
}

const ofThisProcess = (name: string): string | undefined => process.env[name];

/** The context of a resource's calls in this process: what no setting says, the environment may say. */
export function contextFrom(source: ContextSource): Context {
    const { get, settings, provider, print, report, session, environment = ofThisProcess } = source;
    return {
        connection: (props) => resolveConnection(props, get, environment),
        policy: () => resolvePolicy(get),
        telemetry: () => resolveTelemetry(get, environment),
        settings,
        ...(provider !== undefined && { provider }),
        print,
        ...(report && { report }),
        session,
    };
}
