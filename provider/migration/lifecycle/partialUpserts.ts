import { isMilvusError } from "../../milvus/transport/errors";
import { sendUpsert } from "../../milvus/rows/inserts";
import { type Column, insertRequests, sliceColumns } from "../../wire";
import type { Endpoint } from "../read/endpoint";

/**
 * The maximum number of rows of an upsert. The proxy reads each of them as a whole, in a query that takes up to a tick of the
 * server's clock (200 ms): many rows share that, and 4,096 rows of 1,536 dimensions are 25 MB, of the 100 MiB that a result holds.
 */
const MOST_ROWS = 4_096;
/** The bytes of a request, as of an insert. */
const MOST_BYTES = 16 * 2 ** 20;

/** Sends some columns of rows that are there; the rows keep their other values. A repeated upsert is no other one. */
export class PartialUpserts {
    private most = MOST_ROWS;

    constructor(private readonly endpoint: Endpoint) {}

    /** Where the rows are too large for one result of the server, an upsert holds half as many from then on. */
    async send(columns: readonly Column[], rows: number, partition: string | undefined): Promise<void> {
        for (let at = 0; at < rows;) {
            const end = Math.min(rows, at + this.most);
            try {
                await this.sendAll(sliceColumns(columns, at, end), end - at, partition);
                at = end;
            } catch (error) {
                if (this.most === 1 || !isMilvusError(error, "too-large")) throw error;
                this.most = Math.ceil(Math.min(this.most, end - at) / 2);
            }
        }
    }

    private async sendAll(
        columns: readonly Column[],
        rows: number,
        partition: string | undefined,
    ): Promise<void> {
        const { client, ref } = this.endpoint;
        const destination = {
            dbName: ref.database ?? client.database,
            collectionName: ref.name,
            ...(partition !== undefined && { partitionName: partition }),
            isPartial: true,
        };
        for (const { request, from, to } of insertRequests(destination, columns, rows, MOST_BYTES))
            await sendUpsert(client, ref.name, request, to - from);
    }
}
