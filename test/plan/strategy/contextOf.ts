import type { Collection } from "../../../provider/inputs/schema/collection";
import type { Capabilities, ObservedCollection, RowStatistics } from "../../../provider/observe/state";
import { currentServer, recorded } from "../../../provider/plan/offline";
import type { PlanContext } from "../../../provider/plan/strategy/planContext";
import { collection } from "../arbitrary";

interface Given {
    before?: Partial<Collection>;
    after?: Partial<Collection>;
    server?: Partial<Capabilities>;
    observed?: Partial<ObservedCollection>;
    statistics?: RowStatistics;
    undeclared?: string[];
}

/** The context of a strategy: a collection on a current server, and the program that it is to follow. */
export function contextOf({ before, after, server, observed, ...others }: Given = {}): PlanContext {
    return {
        server: { ...currentServer, server: "milvus 3.0.0", ...server },
        source: { ...recorded(collection(before)), ...observed },
        target: collection(after),
        statistics: {},
        ...others,
    };
}
