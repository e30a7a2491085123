import type { Context } from "../../../provider/resource/context/context";
import { Session } from "../../../provider/resource/session/session";
import { Connection } from "../../../provider/inputs/schema/connection";

/** A stack on a server, with the policies that a stack has unless it says otherwise; what it prints goes to `said`. */
export const contextOf = (
    address: string,
    said: string[] = [],
    session = new Session("a run of the tests"),
): Context => ({
    connection: () => Connection.parse({ address }),
    print: (line) => void said.push(line),
    policy: () => ({ destructive: "warn", planFormat: "text", preview: "warn" }),
    settings: () => [],
    session,
});
