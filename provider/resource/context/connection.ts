import type { Connection } from "../../inputs/schema/connection";
import { parseConnection } from "../../inputs/parse";
import { RunError } from "../../migration/errors";
import type { Props } from "../session/props";

type Lookup = (key: string) => string | undefined;

/** Each setting with its name in the stack's configuration (`milvus:...`) and in the environment. */
export const settings = {
    address: "MILVUS_ADDRESS",
    token: "MILVUS_TOKEN",
    username: "MILVUS_USERNAME",
    password: "MILVUS_PASSWORD",
    database: "MILVUS_DATABASE",
    ssl: "MILVUS_SSL",
    caFile: "MILVUS_CA_FILE",
    clientCertFile: "MILVUS_CLIENT_CERT_FILE",
    clientKeyFile: "MILVUS_CLIENT_KEY_FILE",
    serverName: "MILVUS_SERVER_NAME",
    timeout: "MILVUS_TIMEOUT",
} satisfies Record<keyof Connection, string>;

/**
 * Where a resource's server is. A `connection` argument stands for itself alone, so that no token of one cluster goes
 * to another; else the stack's configuration, then the environment, setting by setting, then `localhost:19530`.
 */
export function resolveConnection(props: Props, config: Lookup, environment: Lookup): Connection {
    const argument = props.connection as Record<string, unknown> | undefined;
    const given = argument ?? configured(config, environment);
    const { spec, failures } = parseConnection(given);
    if (spec) return spec;
    const prefix = argument ? "connection." : "milvus:";
    throw new RunError(
        "MV316",
        failures.map(({ property, reason }) => `${prefix}${property}: ${reason}`).join("\n"),
    );
}

function configured(config: Lookup, environment: Lookup): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    // A token of the environment does not mix with a user of the configuration: they are two ways to say who calls.
    const namesUser = config("milvus:token") ?? config("milvus:username");
    for (const [key, variable] of Object.entries(settings)) {
        const credential = key === "token" || key === "username" || key === "password";
        const fallback =
            credential && namesUser !== undefined ? undefined : environment(variable) || undefined;
        const value = config(`milvus:${key}`) ?? fallback;
        if (value !== undefined) values[key] = typed(key, value);
    }
    return values;
}

/** Configuration and environment hold text. What does not read as the type stays text, and the check refuses it. */
function typed(key: string, value: string): unknown {
    if (key === "ssl" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
    if (key === "timeout" && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
    return value;
}
