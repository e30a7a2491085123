import type { Session } from "../session/session";
import { resolveConnection } from "./connection";
import type { Context, Print } from "./context";
import { resolvePolicy } from "./policy";

/** What an adapter gives: the stack's configuration, or the arguments of an explicit provider, and where lines go. */
export interface ContextSource {
    /** A setting by its full name, `milvus:address`; undefined where it is not set. */
    get: (key: string) => string | undefined;
    /** The full names of all settings. */
    settings: () => string[];
    print: Print;
    session: Session;
}

/** The context of a resource's calls in this process: what no setting says, the environment may say. */
export function contextFrom({ get, settings, print, session }: ContextSource): Context {
    return {
        connection: (props) => resolveConnection(props, get, (name) => process.env[name]),
        policy: () => resolvePolicy(get),
        settings,
        print,
        session,
    };
}
