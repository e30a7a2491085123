import { engines } from "../engine/engines";
import type { Engine, EngineName } from "../engine/stack";
import { isLongRun } from "../longRun";
import type { ServerName } from "../servers";
import { type OnServers, onServers } from "../servers/onServers";
import { openSite, type Site, type SiteOptions } from "./site";

export interface Where extends OnServers {
    /** By default every chosen server. */
    servers?: ServerName[];
    /** Where the stories run with the real CLI, too: it takes twice as long and differs in little. By default nowhere. */
    cli?: ServerName[];
    /** The same, in the long run alone. */
    longCli?: ServerName[];
    /** True for long stories: with the test engine only where the CLI does not run them. */
    once?: boolean;
}

const names: EngineName[] = ["pulumi", "test engine"];

/**
 * A `describe` for each server and engine that the stories ask for; `open()` gives a story its stack. All that is open
 * is closed after each story.
 */
export function onStacks(title: string, where: Where, suite: (open: Open) => void): void {
    const cli = [...(where.cli ?? []), ...((isLongRun && where.longCli) || [])];
    onServers(title, where, (server) => {
        for (const name of cli.length > 0 ? names : names.slice(1)) {
            describe(`with ${name === "pulumi" ? "pulumi" : "the test engine"}`, function () {
                this.timeout(5 * 60_000);
                let engine: Engine | undefined;
                const sites: Site[] = [];
                before(async function () {
                    const there = await engines();
                    engine = there.find((choice) => choice.name === name)?.engine;
                    const { servers, once = false } = where;
                    const byCli = cli.includes(server().name);
                    const hasCli = there.some((choice) => choice.name === "pulumi" && choice.engine);
                    const takes = name === "pulumi" ? byCli : !(once && byCli && hasCli);
                    const isWanted = servers?.includes(server().name) ?? true;
                    if (!engine || !isWanted || !takes) this.skip();
                });
                afterEach(async () => {
                    for (const site of sites.splice(0)) await site.close();
                });
                suite(async (options) => {
                    const site = await openSite(engine!, server(), options);
                    sites.push(site);
                    return site;
                });
            });
        }
    });
}

export type Open = (options?: SiteOptions) => Promise<Site>;
