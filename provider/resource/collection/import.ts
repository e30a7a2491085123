import { observeCollection } from "../../observe/collection";
import { changedByCommand } from "../../observe/ownershipMarker";
import type { ObservedCollection } from "../../observe/state";
import { RunError } from "../../migration/errors";
import { configuredServer } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import { autoName, newGeneration } from "../context/identity";
import { placeOfId } from "../context/resourceId";
import { hiddenInputs } from "../context/resourceState";
import type { Imported } from "../life";
import type { Props } from "../session/props";
import { declaredAsIs } from "./declared";

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
    if (marker && marker.owner !== owner) throw new RunError("MV333", ofAnother(ref.name, marker.owner));
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

function ofAnother(name: string, owner: string): string {
    const changed = changedByCommand(owner);
    return changed === undefined
        ? `${name} belongs to ${owner}, and one resource alone may manage a collection. Remove it there first (\`pulumi state delete\`)`
        : `${name} is being changed by \`pulumi-milvus alter --collection ${changed}\`, or retains its previous collection for a rollback. Run that command again, or declare the collection with adopt: true`;
}

/** The arguments that declare the collection as it is. Errors: `MV303` where none can. */
export function declared(observed: ObservedCollection): Props {
    const { inputs, failures } = declaredAsIs(observed);
    if (inputs) return inputs;
    const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
    throw new RunError(
        "MV303",
        `${observed.name} cannot be declared as it is by this version of pulumi-milvus: ${reasons}`,
    );
}
