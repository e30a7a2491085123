import { engines } from "../engine/engines";
import type { Engine, EngineName } from "../engine/stack";
import type { ServerName } from "../servers";
import { isFast, keepTests, type OnServers } from "../servers/choice";
import { onServers } from "../servers/onServers";
import { currentTier, type Tier } from "../tier";
import { openSite, type Site, type SiteOptions } from "./site";

export interface Where extends Omit<OnServers, "more"> {
    /** Where the full tier has the real CLI, too: it takes twice as long and differs in little. By default nowhere. */
    cli?: ServerName[];
    /** True for long tests: with the test engine only where the CLI does not run them. */
    once?: boolean;
}

/**
 * A `describe` for each server and engine that the suite asks for; `open()` gives a test its stack. All that is open
 * is closed after each test.
 */
export function onStacks(title: string, where: Where, suite: (open: Open, server: ServerName) => void): void {
    const { cli = [], once = false } = where;
    onServers(title, { ...where, more: cli }, (server, serverName) => {
        for (const name of enginesOn(serverName, where, currentTier())) {
            describe(`with ${name === "pulumi" ? "pulumi" : "the test engine"}`, function () {
                this.timeout(5 * 60_000);
                let engine: Engine | undefined;
                const sites: Site[] = [];
                before(async function () {
                    const there = await engines();
                    engine = there.find((choice) => choice.name === name)?.engine;
                    const hasCli = there.some((choice) => choice.name === "pulumi" && choice.engine);
                    const byCli = currentTier() !== "fast" && cli.includes(serverName) && hasCli;
                    if (!engine || (name === "test engine" && once && byCli)) this.skip();
                });
                afterEach(async () => {
                    for (const site of sites.splice(0)) await site.close();
                });
                suite(async (options) => {
                    const site = await openSite(engine!, server(), options);
                    sites.push(site);
                    return site;
                }, serverName);
                if (name === "test engine") keepTests(this, serverName, where, currentTier());
            });
        }
    });
}

function enginesOn(server: ServerName, where: Where, tier: Tier): EngineName[] {
    const byCli = tier !== "fast" && where.cli?.includes(server);
    const byTestEngine = tier !== "rest" || !isFast(server, where) || where.fastTests !== undefined;
    return [...(byCli ? ["pulumi" as const] : []), ...(byTestEngine ? ["test engine" as const] : [])];
}

export type Open = (options?: SiteOptions) => Promise<Site>;
