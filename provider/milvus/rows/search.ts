import type { MilvusClient } from "../transport/client";
import { at, type CollectionRef } from "../collection/collections";
import { keyValues } from "../transport/keyValue";
import { encodeMessage, type Message } from "../transport/protocol";
import { stopPoint } from "../transport/stopPoint";
import type { ReadPoint } from "./readPoint";
import { ROWS_SECONDS } from "./rows";
import type { Key } from "../../wire/rows/keys";

/** One search with one query, as a client makes it. */
export interface Search {
    field: string;
    /** The type of the query: that of the field, or `VarChar` for a text. */
    type: string;
    /** The vector as the server stores it, or text in UTF-8. */
    value: Uint8Array;
    topK: number;
    /** Undefined: the metric of the index. */
    metric: string | undefined;
    /** As Milvus spells them: `{ ef: 64 }`. */
    params: Readonly<Record<string, unknown>>;
    /** Empty for all rows. */
    filter: string;
    readPoint: ReadPoint;
}

/** The nearest rows first. */
export interface Hits {
    keys: Key[];
    /** As the server gives them: distances, or similarities. */
    scores: number[];
}

/** The keys of the nearest rows. It is sent once: a repeated search would not have the time of one. */
export async function search(client: MilvusClient, ref: CollectionRef, asked: Search): Promise<Hits> {
    const { field, type, value, topK, metric, params, filter, readPoint } = asked;
    stopPoint();
    const placeholders = [{ tag: "$0", type, values: [value] }];
    const request = {
        ...at(ref),
        dsl: filter,
        dsl_type: "BoolExprV1",
        placeholder_group: encodeMessage("milvus.proto.common.PlaceholderGroup", { placeholders }),
        search_params: keyValues({
            anns_field: field,
            topk: String(topK),
            metric_type: metric,
            params: JSON.stringify(params),
            round_decimal: "-1",
        }),
        nq: 1,
        ...readPoint,
    };
    const answer = await client.call("Search", request, { about: ref.name, atLeast: ROWS_SECONDS });
    const results = (answer.results ?? {}) as Message;
    const ids = (results.ids ?? {}) as { int_id?: { data: string[] }; str_id?: { data: string[] } };
    const keys = ids.str_id ? ids.str_id.data : (ids.int_id?.data ?? []).map(BigInt);
    return { keys, scores: (results.scores ?? []) as number[] };
}
