import { engines } from "../../../scripts/engine/engines";
import type { Adapter } from "../../../scripts/engine/program";
import type { Engine, EngineName } from "../../../scripts/engine/stack";
import { type FaultySite, openFaultySite } from "../faults/site";
import type { Server, ServerName } from "../servers";
import { cheapest, isFast, keepTests, type OnServers } from "../servers/choice";
import { onServers } from "../servers/onServers";
import { currentTier, type Tier } from "../tier";
import { openSite, type Site, type SiteOptions } from "./site";

export interface Where extends Omit<OnServers, "more"> {
    /** Where the full tier has the real CLI, too: it takes twice as long and differs in little. By default nowhere. */
    cli?: ServerName[];
    /** True for long tests: with the test engine only where the CLI does not run them. */
    once?: boolean;
    /**
     * How many of the tests, from the first on, the fast tier has on the native adapter, too. By default none: the full tier
     * has all, on the cheapest server of the suite. False for a suite that is about the dynamic one.
     * `PULUMI_MILVUS_ADAPTER=native` runs all on the native one alone, on every server.
     */
    native?: number | false;
}

const isNativeAlone = process.env["PULUMI_MILVUS_ADAPTER"] === "native";

interface Way {
    engine: EngineName;
    adapter: Adapter;
}

/**
 * A `describe` for each server, engine and adapter that the suite asks for; `open()` gives a test its stack. All that is
 * open is closed after each test.
 */
export function onStacks(title: string, where: Where, suite: Suite<Site>): void {
    onSites(title, where, openSite, suite);
}

/** The same, with stacks whose connection to the server can fail. */
export function onFaultyStacks(title: string, where: Where, suite: Suite<FaultySite>): void {
    const open: OpenOn<FaultySite> = (engine, server, { config, ...options }) =>
        openFaultySite(engine, server, config, options);
    onSites(title, where, open, suite);
}

function onSites<S extends Site>(title: string, where: Where, openOn: OpenOn<S>, suite: Suite<S>): void {
    const { cli = [], once = false } = where;
    const own = where.native === false ? undefined : cheapest(where);
    const more = own === undefined ? cli : [...cli, own];
    onServers(title, { ...where, more }, (server, serverName) => {
        for (const { engine: name, adapter } of waysOn(serverName, where, currentTier())) {
            describe(titleOf({ engine: name, adapter }), function () {
                this.timeout(5 * 60_000);
                let engine: Engine | undefined;
                const sites: Site[] = [];
                before(async function () {
                    const there = await engines();
                    engine = there.find((choice) => choice.name === name)?.engine;
                    const hasCli = there.some((choice) => choice.name === "pulumi" && choice.engine);
                    const byCli = currentTier() !== "fast" && cli.includes(serverName) && hasCli;
                    if (!engine || (name === "test engine" && adapter === "dynamic" && once && byCli))
                        this.skip();
                });
                afterEach(async () => {
                    for (const site of sites.splice(0)) await site.close();
                });
                suite(async (options) => {
                    const site = await openOn(engine!, server(), { adapter, ...options });
                    sites.push(site);
                    return site;
                }, serverName);
                const fastTests =
                    adapter === "native" ? ((where.native as number | undefined) ?? 0) : where.fastTests;
                if (name === "test engine")
                    keepTests(this, serverName, { ...where, fastTests }, currentTier());
            });
        }
    });
}

function waysOn(server: ServerName, where: Where, tier: Tier): Way[] {
    const native = { engine: "test engine", adapter: "native" } as const;
    if (isNativeAlone) return where.native === false ? [] : [native];
    const byCli = tier !== "fast" && where.cli?.includes(server);
    const byTestEngine = tier !== "rest" || !isFast(server, where) || where.fastTests !== undefined;
    const byNative = (tier === "fast" ? where.native : where.native !== false) && server === cheapest(where);
    return [
        ...(byCli ? [{ engine: "pulumi", adapter: "dynamic" } as const] : []),
        ...(byTestEngine ? [{ engine: "test engine", adapter: "dynamic" } as const] : []),
        ...(byNative ? [native] : []),
    ];
}

function titleOf({ engine, adapter }: Way): string {
    if (adapter === "native") return "with the native provider";
    return engine === "pulumi" ? "with pulumi" : "with the test engine";
}

export type Open<S extends Site = Site> = (options?: SiteOptions) => Promise<S>;

type OpenOn<S extends Site> = (engine: Engine, server: Server, options: SiteOptions) => Promise<S>;

type Suite<S extends Site> = (open: Open<S>, server: ServerName) => void;
