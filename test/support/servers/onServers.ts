import {
    chosenServers,
    server,
    ServerUnavailable,
    type Feature,
    type Server,
    type ServerName,
} from "./index";

/**
 * A `describe` for each chosen server: `onServers("copy", { needs: ["aliases"] }, (server) => { it(...) })`, where
 * `server()` is the running one; its name is known before. A server that is missing, or lacks a feature, counts as skipped.
 */
export function onServers(
    title: string,
    options: { needs?: Feature[] },
    suite: (server: () => Server, name: ServerName) => void,
): void {
    describe(title, () => {
        for (const name of chosenServers()) {
            describe(`on ${name}`, () => {
                let running: Server;
                before(async function () {
                    this.timeout(15 * 60_000);
                    try {
                        running = await server(name);
                    } catch (error) {
                        if (error instanceof ServerUnavailable) return this.skip();
                        throw error;
                    }
                    const lacks = (options.needs ?? []).filter((feature) => !running.features.has(feature));
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
