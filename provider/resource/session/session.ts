import { ClientPool } from "../../milvus/transport/pool";
import { type LeaseHolder, newLeaseHolder } from "../../observe/lease";
import { Telemetry } from "../../telemetry/telemetry";
import { ActiveCutovers } from "./activeCutovers";
import { ActiveGenerations } from "./activeGenerations";
import { DeclaredDatabases } from "./declaredDatabases";
import { type Ledger, MemoryLedger } from "./ledger";
import { PendingReplacements } from "./pendingReplacements";
import { Previews } from "./previews";
import { PropsLedger } from "./propsLedger";
import { SeenPlans } from "./seenPlans";

/**
 * What one process knows of one run (one `pulumi preview`, `up`, `refresh` or `destroy`). What a later call of the run may
 * need in another process stands in the ledger, on the copy, or in its baseline; the rest is a cache of it.
 */
export class Session {
    readonly clients = new ClientPool();
    /** Who this process is for the leases of copies. */
    readonly holder: LeaseHolder;
    readonly pendingReplacements: PendingReplacements;
    readonly activeGenerations: ActiveGenerations;
    readonly activeCutovers = new ActiveCutovers();
    readonly databases: DeclaredDatabases;
    /** Warnings that were printed: checks run several times, and a warning is worth one line. */
    readonly warned = new Set<string>();
    /** Addresses where no server answered, with the message: a preview of many resources does not wait for each. */
    readonly unreachable = new Map<string, string>();

    /** Metrics and spans of this run, where they are asked for. */
    readonly telemetry: Telemetry;

    readonly previews: Previews;
    readonly seenPlans: SeenPlans;

    /**
     * @param run the same in all processes of one run, and in no other run
     * @param shared outlives the run: an `up` learns there what its preview could not show
     */
    constructor(
        readonly run: string,
        private readonly ledger: Ledger = new MemoryLedger(),
        shared: Ledger = new MemoryLedger(),
    ) {
        this.previews = new Previews(shared, run);
        this.seenPlans = new SeenPlans(shared);
        this.holder = newLeaseHolder(run);
        this.telemetry = new Telemetry(ledger);
        this.databases = new DeclaredDatabases(ledger);
        const props = new PropsLedger(ledger);
        this.pendingReplacements = new PendingReplacements(ledger, props);
        this.activeGenerations = new ActiveGenerations(props);
    }

    /** Ends what the session holds open: its connections, and what others see of it. */
    async close(): Promise<void> {
        await Promise.all([this.clients.close(), this.telemetry.close()]);
    }

    /** Told of each diff: the program as it is now decides what is protected, before `up` has recorded it on the server. */
    declareProtection(generation: string, isProtected: boolean): void {
        this.ledger.set(`protected:${generation}`, String(isProtected));
    }

    /** Undefined where the program of this run does not have the collection. */
    declaredProtection(generation: string): boolean | undefined {
        const declared = this.ledger.get(`protected:${generation}`);
        return declared === undefined ? undefined : declared === "true";
    }

    /**
     * Told of each privilege that a Grant declares; returns the name of another Grant that declares it as well.
     *
     * @param key the server, the role, the place and the privilege
     */
    declareGrant(key: string, owner: string, name: string): string | undefined {
        const [by, called] = JSON.parse(this.ledger.get(`grant:${key}`) ?? "[]") as string[];
        if (by !== undefined && by !== owner) return called;
        this.ledger.set(`grant:${key}`, JSON.stringify([owner, name]));
        return undefined;
    }

    /**
     * Told of each alias that this run has made or found to be right: one that is replaced by itself, because its place is
     * written in another way or another resource has it now, is not dropped.
     *
     * @param key where the alias is, by `keyOn`
     */
    aliasIsRight(key: string): void {
        this.ledger.set(`alias:${key}`, key);
    }

    isAliasRight(key: string): boolean {
        return this.ledger.get(`alias:${key}`) !== undefined;
    }
}
