import { ConsistencyLevelEnum, MilvusClient } from "@zilliz/milvus2-sdk-node";

const DIM = 1024;
const BATCH = 1_000;

/** A repeatable sequence, so that two runs load the same rows. */
function pseudoRandom(seed: number): () => number {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32 - 0.5;
    };
}

/**
 * Loads rows as an application does: in batches, with the Node SDK.
 *
 * @param onBatch hears how many rows are in
 */
export async function loadRows(
    client: MilvusClient,
    collection: string,
    rows: number,
    onBatch: (done: number) => void = () => undefined,
): Promise<void> {
    const random = pseudoRandom(1);
    for (let first = 0; first < rows; first += BATCH) {
        const data = Array.from({ length: Math.min(BATCH, rows - first) }, (_, offset) => {
            const id = first + offset;
            return {
                id,
                file_id: Math.floor(id / 40),
                vector: Array.from({ length: DIM }, random),
                text: `Chunk ${id} of a document`,
                metadata: { source: `s3://docs/${Math.floor(id / 40)}.pdf`, chunk: id % 40 },
                page_num: (id % 40) + 1,
                name: `document-${Math.floor(id / 40)}.pdf`,
                uploaded_by: id % 2 === 0 ? "anna" : "ben",
            };
        });
        const answer = await client.insert({ collection_name: collection, data });
        if (answer.status.error_code !== "Success" || answer.status.code)
            throw new Error(`insert: ${answer.status.reason}`);
        onBatch(first + data.length);
    }
    await client.flushSync({ collection_names: [collection] });
}

/** The number of rows behind the alias. */
export async function countRows(client: MilvusClient, name: string): Promise<number> {
    const answer = await client.query({
        collection_name: name,
        filter: "",
        output_fields: ["count(*)"],
        consistency_level: ConsistencyLevelEnum.Strong,
    });
    if (answer.status.error_code !== "Success" || answer.status.code)
        throw new Error(`count: ${answer.status.reason}`);
    return Number(answer.data[0]?.["count(*)"]);
}

export async function aliasTarget(client: MilvusClient, alias: string): Promise<string> {
    const answer = await client.describeAlias({ alias, collection_name: alias });
    if (answer.status.error_code !== "Success" || answer.status.code)
        throw new Error(`alias: ${answer.status.reason}`);
    return answer.collection;
}
