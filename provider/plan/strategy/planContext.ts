import type { Collection } from "../../inputs/schema/collection";
import type { Capabilities, RowStatistics, ObservedCollection } from "../../observe/state";

/** What the strategy of a change depends on, besides the change itself. */
export interface PlanContext {
    server: Capabilities;
    /** The collection on the server. */
    source: ObservedCollection;
    target: Collection;
    statistics: RowStatistics;
    /** Fields of the source that no program declared: dropping them is a loss that the program only implies. */
    undeclared?: readonly string[];
}
