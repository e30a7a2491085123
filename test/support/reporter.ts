import Mocha from "mocha";

import { keepBudget } from "./budget";
import { recordDurations, type Duration } from "./durations";
import { usedEngines } from "../../scripts/engine/engines";
import { summary, type Outcome } from "./outcome";
import { usedServers } from "./servers";

/**
 * Mocha's `spec` report; then what the run had to work with; then its outcome, which a lane of scripts/test.ts hands on
 * instead.
 */
class Reporter extends Mocha.reporters.Spec {
    private readonly durations: Duration[];
    private readonly leftOut: () => Record<string, number>;

    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
        super(runner, options);
        this.durations = recordDurations(runner);
        this.leftOut = keepBudget(runner);
    }

    override done(failures: number, exit: (failures: number) => void): void {
        const { passes, failures: failed, pending } = this.stats;
        const leftOut = this.leftOut();
        const late = Object.values(leftOut).reduce((all, tests) => all + tests, 0);
        const outcome: Outcome = {
            passed: passes,
            failed,
            skipped: pending + late,
            durations: this.durations,
            leftOut,
        };
        void means().then((line) => {
            console.log(line);
            if (process.send) return process.send(outcome, () => exit(failures));
            console.log(summary(outcome));
            exit(failures);
        });
    }
}

async function means(): Promise<string> {
    const engines = await usedEngines();
    const servers = await usedServers();
    const used = [
        ...engines.flatMap(({ engine }) => (engine ? `${engine.name} ${engine.version}` : [])),
        ...servers.flatMap(({ name, missing, crashes }) =>
            missing === undefined ? name + told(crashes) : [],
        ),
    ];
    const lacking = [...engines, ...servers].flatMap(({ name, missing }) =>
        missing ? `${name} (${missing})` : [],
    );
    return `Ran on: ${used.join(", ") || "nothing but this process"}. Missing: ${lacking.join(", ") || "nothing"}.`;
}

const told = (crashes: number) => (crashes > 0 ? ` (ended by itself: ${crashes} times)` : "");

// Mocha asks for the reporter by `require`.
module.exports = Reporter;
