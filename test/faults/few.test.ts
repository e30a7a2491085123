import { chosenServers } from "../support/servers";
import { faultScenarios } from "./cells";
import { currentTier } from "../support/tier";

/** The most important cells of the matrix; all of them: `npm run test:faults`. */
describe("a migration with a fault", () => {
    if (currentTier() === "rest" || !chosenServers().includes("milvus-lite-3.2.2")) return;
    const where = { engine: "test engine", server: "milvus-lite-3.2.2" } as const;
    faultScenarios({ ...where, cutover: "alias" }, [
        { step: "copy, in the middle", when: "after", fault: { kind: "kill-provider" } },
        { step: "build the index", when: "before", fault: { kind: "error" }, atMostBatches: 0 },
    ]);
    faultScenarios({ ...where, cutover: "alias", adapter: "native" }, [
        { step: "copy, in the middle", when: "after", fault: { kind: "kill-provider" }, atMostBatches: 1 },
    ]);
    faultScenarios({ ...where, cutover: "rename" }, [
        { step: "rename the shadow", when: "before", fault: { kind: "kill-provider" } },
    ]);
});
