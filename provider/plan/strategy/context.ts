import type { Collection } from "../../inputs/collection";
import type { Capabilities, Facts, ObservedCollection } from "../../observe/state";

/** What the way of a change depends on, beside the change itself. */
export interface Ground {
    server: Capabilities;
    /** The collection as it stands. */
    source: ObservedCollection;
    target: Collection;
    facts: Facts;
}
