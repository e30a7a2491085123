import type { Collection } from "../../inputs/schema/collection";
import type { Capabilities, RowStatistics, ObservedCollection } from "../../observe/state";

/** What the way of a change depends on, beside the change itself. */
export interface PlanContext {
    server: Capabilities;
    /** The collection as it stands. */
    source: ObservedCollection;
    target: Collection;
    statistics: RowStatistics;
}
