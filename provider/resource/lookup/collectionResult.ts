import { Params } from "../../inputs/schema/params";
import type { ObservedCollection } from "../../observe/state";
import { describedFields, describedIndexes, withoutDefaults } from "../../plan/render/argumentsOf";
import { asField } from "../context/driftOfFields";
import type { CollectionResult } from "./results";

/** A collection as a program sees it, from what is observed. Pure. */
export function collectionResult(observed: ObservedCollection, rowCount: number): CollectionResult {
    const { name, marker, load, numPartitions, shardsNum, consistencyLevel } = observed;
    const isKeyed = observed.fields.some(({ isPartitionKey }) => isPartitionKey);
    const indexes = observed.indexes.map(({ field, name: own, indexType, metricType, params }) => ({
        ...{ field, name: own, indexType, params: Params.parse(params) },
        ...(metricType !== undefined && { metricType }),
    }));
    return {
        collectionName: name,
        database: observed.database,
        collectionId: observed.collectionId ?? "",
        description: observed.description,
        fields: describedFields(observed.fields.map(asField)),
        functions: observed.functions.map(withoutDefaults),
        indexes: describedIndexes(indexes) as CollectionResult["indexes"],
        // Those of a partition key are the server's.
        partitions: isKeyed ? [] : observed.partitions.filter((partition) => partition !== "_default"),
        ...(isKeyed && numPartitions !== undefined && { numPartitions }),
        enableDynamicField: observed.enableDynamicField,
        ...(shardsNum !== undefined && { shardsNum }),
        ...(consistencyLevel !== undefined && { consistencyLevel }),
        properties: observed.properties,
        loadState: observed.loadState,
        ...(load && { load }),
        rowCount,
        isRowCountExact: observed.loadState === "loaded",
        aliases: [...observed.aliases].sort(),
        ...(marker && { owner: marker.owner, generation: marker.generation }),
    };
}
