import type { Connection } from "../../inputs/schema/connection";

/** Server and database of a resource; undefined is the configured one, or the same as that of the other side. */
export interface Place {
    address: string | undefined;
    database: string | undefined;
}

/** The database of the resource takes precedence over the database of its connection. */
export function placeOf(spec: { connection?: Connection | undefined; database?: string | undefined }): Place {
    const { connection, database } = spec;
    return { address: connection?.address || undefined, database: database ?? connection?.database };
}
