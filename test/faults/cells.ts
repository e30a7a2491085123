import { expect } from "chai";

import { engines } from "../../scripts/engine/engines";
import type { Adapter } from "../../scripts/engine/program";
import type { EngineName } from "../../scripts/engine/stack";
import type { Moment } from "../support/faults/moment";
import type { Fault } from "../support/faults/site";
import { type Server, ServerUnavailable, type ServerName, server as named } from "../support/servers";
import { FaultFixture, type Outcome } from "./fixture";
import type { Cutover } from "./program";

/** A cell of the matrix: a fault at a step of a migration. */
export interface Cell {
    step: string;
    when: Moment["when"];
    fault: Fault;
    /** The maximum number of batches that are copied again per range of keys; any number if undefined. */
    atMostBatches?: number;
}

export interface Where {
    engine: EngineName;
    server: ServerName;
    cutover: Cutover;
    /** `dynamic` by default. */
    adapter?: Adapter;
}

/** The result of each cell as text; printed at the end. */
const lines: string[] = [];

/** A test for each cell, all with one fixture; after a failure the next one gets a new fixture. */
export function faultScenarios({ engine, server, cutover, adapter = "dynamic" }: Where, cells: Cell[]): void {
    const by =
        adapter === "native" ? "the native provider" : engine === "pulumi" ? "pulumi" : "the test engine";
    describe(`by ${cutover} on ${server} with ${by}`, function () {
        this.timeout(10 * 60_000);
        let fixture: FaultFixture | undefined;
        let open: () => Promise<FaultFixture>;

        before(async function () {
            const choice = (await engines()).find(({ name }) => name === engine)?.engine;
            const running = await available(server);
            if (!choice || !running) return this.skip();
            open = () => FaultFixture.open(choice, running, cutover, adapter);
        });
        afterEach(async function () {
            if (this.currentTest?.state !== "failed") return;
            await fixture?.close();
            fixture = undefined;
        });
        after(() => fixture?.close());

        for (const { step, when, fault, atMostBatches } of cells) {
            const what = `${step}: ${text[fault.kind]}, ${when === "before" ? "before the server receives the call" : "after the server carried it out"}`;
            it(what, async function () {
                fixture ??= await open();
                if (!fixture.has(step)) return this.skip();
                const outcome = await fixture.migrate(step, when, fault);
                lines.push(`${by}, ${server}, ${cutover}, ${what}: ${summary(outcome)}`);
                if (atMostBatches !== undefined)
                    expect(outcome.recopied, "rows copied again").to.be.at.most(
                        atMostBatches * fixture.ranges * outcome.batch,
                    );
            });
        }
    });
}

/** Prints the result of each test: the number of runs, and how many rows were copied again. */
export function printOutcomes(): void {
    for (const line of lines.splice(0)) console.log(line);
}

const text = {
    "kill-provider": "the provider is killed",
    "kill-cli": "the pulumi command is killed",
    "kill-runner": "the pulumi command and the provider are killed",
    "kill-server": "the server is killed",
    cut: "the connection is cut",
    stall: "the connection stalls",
    error: "the server answers with an error",
    cancel: "the engine cancels",
    timeout: "the time of customTimeouts is over",
} satisfies Record<Fault["kind"], string>;

function summary({ ups, recopied, batch, failures }: Outcome): string {
    const broken = failures.map((failure) => `; ${failure.split("\n")[0]!.slice(0, 200)}`);
    return `${ups} up, ${recopied} rows again (batches of ${batch})${broken.join("")}`;
}

async function available(name: ServerName): Promise<Server | undefined> {
    try {
        return await named(name);
    } catch (error) {
        if (error instanceof ServerUnavailable) return undefined;
        throw error;
    }
}
