import { engines } from "../engine/engines";
import type { Engine, EngineName } from "../engine/stack";
import { isLongRun } from "../longRun";
import type { ServerName } from "../servers";
import { type OnServers, onServers } from "../servers/onServers";
import { openSite, type Site, type SiteOptions } from "./site";

export interface Where extends OnServers {
    /** Default: every chosen server. */
    servers?: ServerName[];
    /** Servers on which the tests also run with the CLI, which takes twice as long and differs little. Default: none. */
    cli?: ServerName[];
    /** The same, only in the full suite. */
    longCli?: ServerName[];
    /** True for long tests: they run with the test engine only if the CLI does not run them. */
    once?: boolean;
}

const names: EngineName[] = ["pulumi", "test engine"];

/**
 * Adds a `describe` for each requested server and engine; `open()` creates the stack of a test. Everything opened is
 * closed after each test.
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
