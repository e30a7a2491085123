import Mocha from "mocha";

import { usedEngines } from "./engine/engines";
import { usedServers } from "./servers";

/** Mocha's `spec` report; then what the run had to work with; last, alone on a line, the counts. */
class Reporter extends Mocha.reporters.Spec {
    override done(failures: number, exit: (failures: number) => void): void {
        const { passes, failures: failed, pending } = this.stats;
        const count = `${passes} passed, ${failed} failed, ${pending} skipped`;
        void means().then((line) => {
            console.log(`${line}\n${count}`);
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
