import { currentTier } from "../tier";
import { keepTests, serversOf, type OnServers } from "./choice";
import { chosenServers, server, ServerUnavailable, type Server, type ServerName } from "./index";

/**
 * A `describe` for each chosen server: `onServers("copy", { needs: ["aliases"] }, (server) => { it(...) })`, where
 * `server()` is the running one; its name is known before. A server that is missing counts as skipped.
 */
export function onServers(
    title: string,
    options: OnServers,
    suite: (server: () => Server, name: ServerName) => void,
): void {
    describe(title, () => {
        for (const name of serversOf(options, currentTier(), chosenServers())) {
            describe(`on ${name}`, function () {
                let running: Server;
                before(async function () {
                    this.timeout(15 * 60_000);
                    try {
                        running = await server(name, options.apart);
                    } catch (error) {
                        if (error instanceof ServerUnavailable) return this.skip();
                        throw error;
                    }
                    const lacks = options.needs?.filter((feature) => !running.features.has(feature));
                    if (lacks?.length) this.skip();
                });
                // Before the story puts away what it has there.
                afterEach(async () => {
                    if (running) await server(name, options.apart);
                });
                suite(() => running, name);
                if (!options.more) keepTests(this, name, options, currentTier());
            });
        }
    });
}
