import { currentTier } from "../tier";
import { engines } from "../../../scripts/engine/engines";
import type { Engine, EngineName } from "../../../scripts/engine/stack";

const names: EngineName[] = ["pulumi", "test engine"];

/**
 * A `describe` for each engine, in the full tier: `onEngines("replace", (engine) => { it(...) })`. A missing one counts as
 * skipped.
 */
export function onEngines(title: string, suite: (engine: () => Engine) => void): void {
    describe(title, () => {
        for (const name of currentTier() === "fast" ? [] : names) {
            describe(`on ${name}`, () => {
                let running: Engine | undefined;
                before(async function () {
                    running = (await engines()).find((choice) => choice.name === name)?.engine;
                    if (!running) this.skip();
                });
                suite(() => running!);
            });
        }
    });
}
