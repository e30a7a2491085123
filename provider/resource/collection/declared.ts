import { parseCollection } from "../../inputs/parse";
import type { CheckFailure } from "../../inputs/report/finding";
import type { ObservedCollection } from "../../observe/state";
import { TEMPORARY_INDEX } from "../../plan/diff/matchIndex";
import { withoutServersOwn } from "../../plan/diff/serversOwn";
import { argumentsOf } from "../../plan/render/argumentsOf";
import { asField } from "../context/driftOfFields";
import type { Props } from "../session/props";

/** The arguments that declare a collection as it is, or why none can. */
export type Declared = { inputs: Props; failures: [] } | { inputs: undefined; failures: CheckFailure[] };

/** Whether it was loaded before an interrupted copy read it. */
const isLoaded = ({ loadState, indexes }: ObservedCollection): boolean =>
    loadState !== "not-loaded" && indexes.every(({ name }) => name !== TEMPORARY_INDEX);

/** The arguments of a program that declares the collection as it is: for an import, and for a program that is printed. */
export function declaredAsIs(there: ObservedCollection): Declared {
    const observed = withoutServersOwn(there);
    const isKeyed = observed.fields.some(({ isPartitionKey }) => isPartitionKey);
    const { spec, failures } = parseCollection({
        description: observed.description,
        fields: observed.fields.map(asField),
        functions: observed.functions,
        // A server tells more of an index: its state, how many rows it has. One of an interrupted copy is nobody's.
        indexes: observed.indexes
            .filter(({ name }) => name !== TEMPORARY_INDEX)
            .map(({ field, name, indexType, metricType, params }) => ({
                ...{ field, name, indexType, params },
                ...(metricType !== undefined && { metricType }),
            })),
        enableDynamicField: observed.enableDynamicField,
        shardsNum: observed.shardsNum,
        ...(observed.consistencyLevel !== undefined && { consistencyLevel: observed.consistencyLevel }),
        properties: observed.properties,
        ...(isKeyed
            ? { numPartitions: observed.numPartitions }
            : { partitions: observed.partitions.filter((partition) => partition !== "_default") }),
        load: isLoaded(observed) && (observed.load ?? true),
    });
    return spec ? { inputs: argumentsOf(spec), failures: [] } : { inputs: undefined, failures };
}
