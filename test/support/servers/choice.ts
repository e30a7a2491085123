import type { Tier } from "../tier";
import { locals } from "./local";
import type { Feature, ServerName } from "./server";

export interface OnServers {
    /** What the server must be able to do. */
    needs?: Feature[];
    /** The servers that the suite is written for. By default all. */
    servers?: ServerName[];
    /** The servers of the fast tier. By default the first that is fit; none leaves the suite to the full tier. */
    fast?: ServerName[] | "all";
    /** How many of its tests, from the first on, are in the fast tier. By default all; the full tier has the others, too. */
    fastTests?: number;
    /** Servers with engines in the full tier that the fast one leaves out. */
    more?: ServerName[];
    /**
     * For suites that turn authorization on: they share a server of their own. Milvus up to 2.5 tells its proxies of a grant
     * behind the steps of earlier drops, and behind those of a whole suite that takes minutes (2.3.5, measured).
     */
    apart?: boolean;
}

/** From the cheapest to start and to run tests on. */
const byCost: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5", "milvus-lite-2.5.1", "external"];

/** The tier chooses among all servers, not among the chosen ones: a lane has a part of its tier. */
export function serversOf(options: OnServers, tier: Tier, chosen: ServerName[]): ServerName[] {
    const fit = fitServers(options);
    const takes = {
        fast: (name: ServerName) => isFast(name, options),
        full: () => true,
        rest: (name: ServerName) =>
            !isFast(name, options) ||
            options.fastTests !== undefined ||
            (options.more?.includes(name) ?? false),
    };
    return chosen.filter((name) => fit.includes(name) && takes[tier](name));
}

export function isFast(name: ServerName, options: OnServers): boolean {
    const { fast = fitServers(options).slice(0, 1) } = options;
    if (fast === "all" || fast.length === 0) return fast === "all";
    // An external server is there because somebody asks for its tests.
    return fast.includes(name) || name === "external";
}

/** The server of a suite that runs on one only; undefined where none is fit. */
export function cheapest(options: OnServers): ServerName | undefined {
    return fitServers(options)[0];
}

function fitServers({ needs = [], servers = byCost }: OnServers): ServerName[] {
    return byCost.filter((name) => servers.includes(name) && mayHave(name, needs));
}

/** What an external server can do shows when it answers. */
function mayHave(name: ServerName, needs: Feature[]): boolean {
    if (name === "external") return true;
    const features: Feature[] = locals[name].features;
    return needs.every((feature) => features.includes(feature));
}

/** Takes tests out of a suite on a server, where the tier has a part of them. */
export function keepTests(suite: Mocha.Suite, name: ServerName, options: OnServers, tier: Tier): void {
    if (tier === "full" || !isFast(name, options)) return;
    const { fastTests = Infinity } = options;
    let seen = 0;
    const keep = (part: Mocha.Suite) => {
        part.tests = part.tests.filter(() => seen++ < fastTests === (tier === "fast"));
        part.suites.forEach(keep);
    };
    keep(suite);
}
