import type { MilvusClient } from "../milvus/transport/client";
import { addFunction, dropFunction } from "../milvus/collection/alterSchema";
import type { CollectionRef } from "../milvus/collection/collections";
import { isConnectionTrouble, isMilvusError } from "../milvus/transport/errors";
import { Field } from "../inputs/schema/field";

const NAME = "pulumi_milvus_probe";

/** A valid field, filled by a function whose input does not exist. */
const probe = {
    function: {
        name: NAME,
        type: "BM25",
        inputFieldNames: [`${NAME}_input`],
        outputFieldNames: [NAME],
        description: "",
        params: {},
    },
    field: Field.parse({ name: NAME, dataType: "SparseFloatVector" }),
    index: {
        field: NAME,
        name: NAME,
        indexType: "SPARSE_INVERTED_INDEX",
        metricType: "BM25",
        params: {},
    },
};

/**
 * Whether the server is configured to add functions to a collection: Storage V3 and the compactions that fill existing rows are
 * off by default. It refuses a function that it cannot add before it looks at its input, so the probe changes nothing. Source:
 * ValidateAddFunctionBackfillConfig in schemautil (3.0). Asked once per connection.
 */
export function addsFunctions(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    return client.once("addsFunctions", async () => {
        try {
            await addFunction(client, ref, probe);
        } catch (error) {
            if (isConnectionTrouble(error) || !isMilvusError(error)) throw error;
            return error.kind !== "unsupported" && !/adding a function field requires/i.test(error.message);
        }
        // No server takes a function without its input.
        await dropFunction(client, ref, NAME);
        return true;
    });
}
