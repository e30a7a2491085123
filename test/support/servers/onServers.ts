import {
    chosenServers,
    server,
    ServerUnavailable,
    type Feature,
    type Server,
    type ServerName,
} from "./index";
import { isLeftToLongRun } from "../longRun";

export interface OnServers {
    /** What the server must be able to do. */
    needs?: Feature[];
    /** Servers that run the stories in the long run alone: another one shows the same in `npm test`. By default none. */
    long?: ServerName[];
}

/**
 * A `describe` for each chosen server: `onServers("copy", { needs: ["aliases"] }, (server) => { it(...) })`, where
 * `server()` is the running one; its name is known before. A server that is missing, or lacks a feature, counts as skipped.
 */
export function onServers(
    title: string,
    { needs = [], long = [] }: OnServers,
    suite: (server: () => Server, name: ServerName) => void,
): void {
    describe(title, () => {
        for (const name of chosenServers()) {
            describe(`on ${name}`, () => {
                let running: Server;
                before(async function () {
                    this.timeout(15 * 60_000);
                    if (isLeftToLongRun(long, name)) return this.skip();
                    try {
                        running = await server(name);
                    } catch (error) {
                        if (error instanceof ServerUnavailable) return this.skip();
                        throw error;
                    }
                    const lacks = needs.filter((feature) => !running.features.has(feature));
                    if (lacks.length > 0) this.skip();
                });
                // Before the story puts away what it has there.
                afterEach(async () => {
                    if (running) await server(name);
                });
                suite(() => running, name);
            });
        }
    });
}
