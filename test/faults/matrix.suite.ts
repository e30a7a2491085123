import { chosenServers } from "../support/servers";
import type { Moment } from "../support/faults/moment";
import type { Fault } from "../support/faults/site";
import { type Cell, faultScenarios, printOutcomes } from "./cells";
import { stepsOf } from "./steps";

/**
 * Every fault at every step of a migration, for both kinds of cutover. Each fault occurs at the worse moment;
 * `PULUMI_MILVUS_FAULTS=all` tests both moments. `PULUMI_MILVUS_ADAPTER=native` tests the faults in which the native provider
 * differs from the dynamic one, on it.
 */
interface Planned {
    fault: Fault;
    worse: Moment["when"];
}
const faults: Planned[] = [
    { fault: { kind: "kill-provider" }, worse: "after" },
    { fault: { kind: "kill-server" }, worse: "after" },
    { fault: { kind: "cut" }, worse: "after" },
    // The held call arrives late, when no client waits for it any more.
    { fault: { kind: "stall", seconds: 30 }, worse: "before" },
    { fault: { kind: "error" }, worse: "before" },
];
const native: Planned[] = [
    { fault: { kind: "kill-provider" }, worse: "after" },
    { fault: { kind: "cancel" }, worse: "after" },
    // The held call arrives late, when the engine has ended the provider.
    { fault: { kind: "timeout", seconds: 20 }, worse: "before" },
];
const adapter = process.env["PULUMI_MILVUS_ADAPTER"] === "native" ? "native" : "dynamic";
const moments: Moment["when"][] = ["before", "after"];
const both = process.env["PULUMI_MILVUS_FAULTS"] === "all";
/** A server without aliases and renames has no cutover to interrupt. */
const servers = chosenServers().filter((name) => name === "milvus-lite-3.2.2" || name === "milvus-2.3.5");

describe("a migration with a fault", () => {
    for (const server of servers)
        for (const cutover of ["alias", "rename"] as const) {
            const steps = stepsOf(cutover, server, "", "").map(({ name }) => name);
            const cells = steps.flatMap((step): Cell[] =>
                (adapter === "native" ? native : faults).flatMap(({ fault, worse }) =>
                    moments
                        .filter((when) => both || when === worse)
                        .map((when) => ({ step, when, fault, atMostBatches: 1 })),
                ),
            );
            faultScenarios({ engine: "test engine", server, cutover, adapter }, cells);
        }

    // The CLI differs from the test engine in its processes: a few cells cover that.
    for (const server of adapter === "native" ? [] : servers.slice(0, 1))
        faultScenarios({ engine: "pulumi", server, cutover: "alias" }, [
            { step: "copy, in the middle", when: "after", fault: { kind: "kill-provider" } },
            { step: "copy, in the middle", when: "before", fault: { kind: "kill-cli" } },
            { step: "copy, in the middle", when: "after", fault: { kind: "kill-runner" } },
            { step: "move the alias", when: "after", fault: { kind: "cut" } },
            { step: "drop the old", when: "after", fault: { kind: "kill-server" } },
        ]);

    after(printOutcomes);
});
