import type { Connection } from "../../inputs/schema/connection";

/** Where a resource is; undefined stands for what is configured. */
export interface Place {
    address: string | undefined;
    database: string | undefined;
}

/** The database may be named by the resource or by its connection; the resource's own counts. */
export function placeOf(spec: { connection?: Connection | undefined; database?: string | undefined }): Place {
    const { connection, database } = spec;
    return { address: connection?.address, database: database ?? connection?.database };
}
