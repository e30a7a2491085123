import { chosenServers } from "../support/servers";
import type { Moment } from "../support/faults/moment";
import type { Fault } from "../support/faults/site";
import { type Cell, faultScenarios, printOutcomes } from "./cells";
import { stepsOf } from "./steps";

/**
 * Every fault in every step of a migration, on both ways of the hand-over. Each at the moment that is worse for it;
 * `PULUMI_MILVUS_FAULTS=all` takes both moments.
 */
const faults: { fault: Fault; worse: Moment["when"] }[] = [
    { fault: { kind: "kill-provider" }, worse: "after" },
    { fault: { kind: "kill-server" }, worse: "after" },
    { fault: { kind: "cut" }, worse: "after" },
    // What was held arrives late, when nobody waits for it any more.
    { fault: { kind: "stall", seconds: 30 }, worse: "before" },
    { fault: { kind: "error" }, worse: "before" },
];
const moments: Moment["when"][] = ["before", "after"];
const both = process.env["PULUMI_MILVUS_FAULTS"] === "all";
/** Without aliases and renames there is no hand-over to break. */
const servers = chosenServers().filter((name) => name === "milvus-lite-3.2.2" || name === "milvus-2.3.5");

describe("a migration with a fault in it", () => {
    for (const server of servers)
        for (const cutover of ["alias", "rename"] as const) {
            const steps = stepsOf(cutover, server, "", "").map(({ name }) => name);
            const cells = steps.flatMap((step): Cell[] =>
                faults.flatMap(({ fault, worse }) =>
                    moments
                        .filter((when) => both || when === worse)
                        .map((when) => ({ step, when, fault, atMostBatches: 1 })),
                ),
            );
            faultScenarios({ engine: "test engine", server, cutover }, cells);
        }

    // The commands of the CLI differ from the small engine in their processes: a few cells show that.
    for (const server of servers.slice(0, 1))
        faultScenarios({ engine: "pulumi", server, cutover: "alias" }, [
            { step: "copy, in the middle", when: "after", fault: { kind: "kill-provider" } },
            { step: "copy, in the middle", when: "before", fault: { kind: "kill-cli" } },
            { step: "copy, in the middle", when: "after", fault: { kind: "kill-runner" } },
            { step: "move the alias", when: "after", fault: { kind: "cut" } },
            { step: "drop the old", when: "after", fault: { kind: "kill-server" } },
        ]);

    after(printOutcomes);
});
