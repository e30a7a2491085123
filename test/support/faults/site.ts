import type { Engine } from "../../../scripts/engine/stack";
import { openSite, type Site, type SiteOptions } from "../data/site";
import type { Server } from "../servers";
import type { Moment, Order, Outcome } from "./moment";
import { type Processes, watchProcesses } from "./processes";
import { openRelay, type Relay } from "./relay";
import { openWire, type Wire } from "./wire";

export type Fault =
    /** The provider's process is killed. */
    | { kind: "kill-provider" }
    /** The pulumi command is killed; the provider survives, and may still work when the next command begins. */
    | { kind: "kill-cli" }
    /** Both are killed, as when a CI runner vanishes. */
    | { kind: "kill-runner" }
    /** The server is killed, and stays away until `mend`. */
    | { kind: "kill-server" }
    /** The connection is closed; new connections work. */
    | { kind: "cut" }
    /** No data passes for this time, or until `mend`; then the held data arrive. */
    | { kind: "stall"; seconds: number }
    /** The server rejects the call, or executes it and returns an error. */
    | { kind: "error" }
    /** Ctrl-C: the engine asks the provider to end what it is at. */
    | { kind: "cancel" }
    /** The call is held until the time of `customTimeouts` is over, and arrives after it, at `mend`. */
    | { kind: "timeout"; seconds: number };

/** A stack whose connection to the server can fail: provider → wire → relay → server. `client` bypasses both. */
export interface FaultySite extends Site {
    wire: Wire;
    relay: Relay;
    processes: Processes;
    /** Schedules a fault at a moment, once. */
    order(moment: Moment, fault: Fault): Order;
    /** Repairs the effects of faults: killed processes restart, held data arrive. */
    mend(): Promise<void>;
}

const readySeconds = 60;

export async function openFaultySite(
    engine: Engine,
    server: Server,
    config: Record<string, string> = {},
    options: Omit<SiteOptions, "config"> = {},
): Promise<FaultySite> {
    const relay = await openRelay(server.address);
    const wire = await openWire(relay.address);
    const processes = await watchProcesses();
    const watched: Engine = {
        ...engine,
        createStack: (options) => engine.createStack({ ...options, announce: processes.folder }),
    };
    const site = await openSite(watched, server, {
        ...options,
        config: { address: wire.address, ...config },
    });
    const left = new Broken(site, { wire, relay, processes });
    return {
        ...site,
        wire,
        relay,
        processes,
        order: (moment, fault) => relay.at(moment, () => left.do(fault)),
        mend: () => left.mend(),
        close: async () => {
            await left.mend();
            await site.close();
            await processes.close();
            await wire.close();
            relay.close();
        },
    };
}

/** The effects of faults, and how each is caused. */
class Broken {
    private serverIsDown = false;
    private cliWasKilled = false;
    private endStall: () => void = () => undefined;

    constructor(
        private readonly site: Site,
        private readonly parts: Pick<FaultySite, "wire" | "relay" | "processes">,
    ) {}

    do(fault: Fault): Promise<Outcome> {
        return this.faults[fault.kind](fault as never);
    }

    async mend(): Promise<void> {
        const { wire, relay, processes } = this.parts;
        this.endStall();
        if (this.serverIsDown) await this.site.server.restart();
        await wire.resume();
        if (this.serverIsDown) await relay.ready(readySeconds);
        this.serverIsDown = false;
        await relay.idle();
        if (this.cliWasKilled) await processes.cancel({ dir: this.site.dir, stack: "dev" });
        this.cliWasKilled = false;
    }

    private readonly faults = {
        "kill-provider": async () => {
            await this.parts.processes.killProvider();
            return { kind: "lose" };
        },
        "kill-cli": async () => {
            await this.parts.processes.killCli();
            this.cliWasKilled = true;
            return { kind: "go-on" };
        },
        "kill-runner": async () => {
            await this.parts.processes.killBoth();
            this.cliWasKilled = true;
            return { kind: "lose" };
        },
        "kill-server": async () => {
            await this.site.server.kill();
            this.serverIsDown = true;
            await this.parts.wire.refuse();
            return { kind: "lose" };
        },
        cut: () => {
            this.parts.wire.cut();
            return Promise.resolve({ kind: "lose" });
        },
        stall: async ({ seconds }) => {
            const { wire } = this.parts;
            wire.stall();
            await new Promise<void>((over) => {
                const timer = setTimeout(over, seconds * 1000);
                this.endStall = () => {
                    clearTimeout(timer);
                    over();
                };
            });
            await wire.resume();
            return { kind: "go-on" };
        },
        error: () => Promise.resolve({ kind: "refuse", reason: "requested by the test" }),
        cancel: async () => {
            await this.site.stack.cancel();
            return { kind: "go-on" };
        },
        timeout: async () => {
            await new Promise<void>((over) => (this.endStall = over));
            return { kind: "go-on" };
        },
    } satisfies { [K in Fault["kind"]]: (fault: Extract<Fault, { kind: K }>) => Promise<Outcome> };
}
