import { observeCollection } from "../../observe/collection";
import type { ObservedCollection } from "../../observe/state";
import { parseCollection } from "../../inputs/parse";
import { RunError } from "../../migration/errors";
import { argumentsOf } from "../../plan/render/argumentsOf";
import { configuredServer } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import { asField } from "../context/driftOfFields";
import { autoName, newGeneration } from "../context/identity";
import { placeOfId } from "../context/resourceId";
import { hiddenInputs } from "../context/resourceState";
import type { Imported } from "../life";
import type { Props } from "../session/props";

/**
 * A collection that no state has, as a program would declare it: for `pulumi import` and `Collection.get`. It is looked at and
 * not touched; its first change marks it as this resource's. Errors: `MV333` for a collection of another resource.
 */
export async function importCollection(
    context: Context,
    id: string,
    hidden: Props,
): Promise<Imported | undefined> {
    const { owner, name } = hiddenInputs(hidden);
    const ref = placeOfId(id);
    const observed = await observeCollection((await server(context, {})).client, ref);
    if (!observed) return undefined;
    const { marker } = observed;
    if (marker && marker.owner !== owner)
        throw new RunError(
            "MV333",
            `${ref.name} belongs to ${marker.owner}, and one resource alone may manage a collection. Remove it there first (\`pulumi state delete\`)`,
        );
    const generation = marker?.generation ?? newGeneration();
    const inputs = {
        ...declared(observed),
        // A name that Pulumi made is not the program's.
        ...(ref.name !== autoName(name, generation) && { name: ref.name }),
        ...(ref.database !== undefined && { database: ref.database }),
        __generation: generation,
    };
    const outs = {
        ...inputs,
        collectionName: ref.name,
        generation,
        collectionId: observed.collectionId ?? "",
        __stamped: marker !== undefined,
        __owner: owner,
        __server: configuredServer(context, {}),
    };
    return { id, inputs, outs };
}

/** The arguments that declare the collection as it is. */
function declared(observed: ObservedCollection): Props {
    const isKeyed = observed.fields.some(({ isPartitionKey }) => isPartitionKey);
    const { spec, failures } = parseCollection({
        description: observed.description,
        fields: observed.fields.map(asField),
        functions: observed.functions,
        // A server tells more of an index: its state, how many rows it has.
        indexes: observed.indexes.map(({ field, name, indexType, metricType, params }) => ({
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
        load: observed.loadState === "not-loaded" ? false : (observed.load ?? true),
    });
    if (spec) return argumentsOf(spec);
    const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
    throw new RunError(
        "MV303",
        `${observed.name} cannot be declared as it is by this version of pulumi-milvus: ${reasons}`,
    );
}
