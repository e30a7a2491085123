import { describeDatabase, listDatabases } from "../../provider/milvus/cluster/databases";
import { listCollections } from "../../provider/milvus/collection/collections";
import { usesTls } from "../../provider/milvus/transport/channel";
import { isMilvusError } from "../../provider/milvus/transport/errors";
import { userOf } from "../../provider/milvus/transport/privilege";
import { activities, observeRights, type Privilege, type Right } from "../../provider/observe/rights";
import type { Connected } from "../connection/withServer";
import { inPlaceOf } from "./inPlace";
import type { Examination } from "./result";

/** What a server is, what this user may do on it, and what it can do in place. Changes nothing. */
export async function examine({ client, capabilities }: Connected): Promise<Examination> {
    const { connection } = client;
    const rights = capabilities.lite ? undefined : await observeRights(client);
    return {
        address: client.target,
        version: client.serverVersion ?? "unknown",
        server: capabilities.server,
        tls: usesTls(connection),
        user: userOf(connection) ?? (connection.token === undefined ? null : "an API key"),
        database: client.database,
        rights: rightsOf(rights),
        quotas: {
            databases: (await unlessForbidden(() => listDatabases(client)))?.length ?? null,
            collections: (await unlessForbidden(() => listCollections(client, undefined)))?.length ?? null,
            properties: (await unlessForbidden(() => describeDatabase(client, client.database))) ?? {},
        },
        inPlace: inPlaceOf(capabilities),
    };
}

/** Undefined where the server has none, or tells this user nothing. */
const unlessForbidden = <Value>(ask: () => Promise<Value>): Promise<Value | undefined> =>
    ask().catch((error: unknown) => {
        if (isMilvusError(error, "forbidden", "unsupported", "not-found")) return undefined;
        throw error;
    });

function rightsOf(rights: ReadonlyMap<Privilege, Right> | undefined): Examination["rights"] {
    if (!rights) return { kind: "none asked", activities: [], refusals: [] };
    const refusals = [...rights].flatMap(([privilege, right]) =>
        typeof right === "object" ? [{ privilege, message: right.refused }] : [],
    );
    const lacking = new Set(refusals.map(({ privilege }) => privilege));
    return {
        kind: refusals.length === 0 ? "all" : "some",
        activities: Object.entries(activities).map(([activity, privileges]) => {
            const lacks = [...new Set<Privilege>(privileges)].filter((one) => lacking.has(one));
            return { activity, can: lacks.length === 0, lacks };
        }),
        refusals,
    };
}
