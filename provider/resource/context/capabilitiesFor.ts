import { addsFunctions } from "../../observe/addsFunctions";
import type { Capabilities, ObservedCollection } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import type { Server } from "./context";
import { refOf } from "./identity";

/**
 * The capabilities of the server for a change of this collection. What only the collection can be asked is asked only where the
 * program needs it.
 */
export async function capabilitiesFor(
    { client, capabilities }: Server,
    source: ObservedCollection,
    target: Collection,
): Promise<Capabilities> {
    const isAdded = target.functions.some(({ name }) => source.functions.every((one) => one.name !== name));
    if (!capabilities.addFunction || !isAdded) return capabilities;
    return { ...capabilities, addFunction: await addsFunctions(client, refOf(source)) };
}
