import { isLeftToLongRun } from "../longRun";
import { engines } from "./engines";
import type { Engine, EngineName } from "./stack";

const names: EngineName[] = ["pulumi", "test engine"];

/**
 * A `describe` for each engine: `onEngines("replace", {}, (engine) => { it(...) })`. A missing one counts as skipped,
 * and so does one of `long`, but in the long run.
 */
export function onEngines(
    title: string,
    { long = [] }: { long?: EngineName[] },
    suite: (engine: () => Engine) => void,
): void {
    describe(title, () => {
        for (const name of names) {
            describe(`on ${name}`, () => {
                let running: Engine | undefined;
                before(async function () {
                    if (isLeftToLongRun(long, name)) return this.skip();
                    running = (await engines()).find((choice) => choice.name === name)?.engine;
                    if (!running) this.skip();
                });
                suite(() => running!);
            });
        }
    });
}
