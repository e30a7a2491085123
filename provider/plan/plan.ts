import type { Collection, Index } from "../inputs/schema/collection";
import type { Capabilities, Estimate, RowStatistics, ObservedCollection } from "../observe/state";
import { currentServer, recorded, withObserved } from "./offline";
import type { Change } from "./diff/change";
import { diffCollection } from "./diff/diff";
import { same } from "./diff/same";
import { withoutUnfilled } from "./diff/unfilled";
import type { Finding } from "./finding/finding";
import { gateInPlace } from "./gate";
import { finding } from "./finding/finding";
import type { Migration } from "./migration";
import { indexLimits } from "./mapping/indexLimits";
import { planMigration } from "./migration";
import { refilled, rewritten } from "./strategy/backfillFindings";
import { inPlaceFindings } from "./strategy/inPlaceFindings";
import { restoreLimits } from "./strategy/restoreLimits";
import { inPlace, loadsNew } from "./strategy/strategy";
import type { Strategy } from "./strategy/strategies";
import { strategyOf } from "./strategy/strategies";
import { planRetained, type RetainedPlan, type RetainedSeen } from "./retained";
import { type Previous, withoutRenames } from "./rollback";
import { resolveUnknowns } from "./unknowns";
import { updatesOf } from "./strategy/updates";
import type { Update } from "./strategy/update";
import { followsWrites, mayPauseWrites, pauseFindings } from "./mapping/onlineWrites";
import { assignSeverity } from "./finding/severity";

export interface PlanInput {
    /** The declaration of the last deployment. */
    deployed: Collection;
    target: Collection;
    /** The collection on the server; undefined where it does not exist, or where no server could be queried. */
    source?: ObservedCollection;
    /** Number of the source's rows: counted where it is loaded, else the server's statistics; undefined where unknown. */
    rows?: number;
    /** Estimated size of the source's rows in bytes. */
    bytes?: number;
    /** Undefined where no server could be queried; the plan then uses the recorded state. */
    capabilities?: Capabilities;
    /** Whether the target holds values that are unknown until `pulumi up`. */
    unknowns: boolean;
    /** The server's answers to the `statisticsQueries`. */
    statistics?: RowStatistics;
    /** Estimated from a short measured sample. */
    estimate?: Partial<Estimate>;
    /** The stack's `milvus:destructive`: with `refuse`, every loss that is not allowed is an error. Default: warn. */
    destructive?: "warn" | "refuse";
    /** Arguments that no preview could show: a loss in one of them has to be allowed by name. Default: none. */
    notShown?: readonly string[];
    /** The retained collection, where the target rolls back to it. */
    previous?: Previous | undefined;
    /** What is retained behind the source. Default: nothing. */
    retained?: RetainedSeen | undefined;
    /** The steps of a change in place that an interrupted run began; `deployed` is then as observed. */
    interrupted?: readonly string[] | undefined;
    /** Fields that the recorded declaration has from the server, and that no program declared. */
    undeclared?: readonly string[];
    /** Whether to create a new collection even if no change needs one, as with `pulumi up --target-replace`. */
    replace?: boolean;
}

export interface CollectionPlan {
    /**
     * `none`: nothing to do. `state-only`: only the state is rewritten. `update`: changed in place. `migrate`: the rows
     * are carried over to a new collection. `blocked`: a finding is an error, and nothing may be changed.
     */
    verdict: "none" | "state-only" | "update" | "migrate" | "blocked";
    /** The target. Arguments with unknown values are as deployed. */
    target: Collection;
    rows: number | undefined;
    bytes: number | undefined;
    changes: Change[];
    /** The steps in place, in order; empty unless the verdict is `update`. */
    updates: Update[];
    /** Names of the arguments that force a new collection, and why each change is not made in place. */
    replaces: (keyof Collection)[];
    reasons: string[];
    /** Estimated duration of the migration in seconds; undefined where it was not measured. */
    seconds: number | undefined;
    /** The row statistics that the server counted. */
    statistics: RowStatistics;
    /** How the rows are carried over; only where the verdict is `migrate`. */
    migration: Migration | undefined;
    /** What becomes of the collections that are retained behind it. */
    retained: RetainedPlan[];
    findings: Finding[];
}

/** Plans the cheapest safe strategy to turn the deployed collection into the target. Pure; never throws. */
export function planCollection(input: PlanInput): CollectionPlan {
    const { previous, deployed } = input;
    const plan = planItself(previous ? { ...input, deployed: withoutRenames(deployed) } : input);
    const retained = input.retained ? planRetained(input.retained, plan, plan.target) : [];
    return { ...plan, retained };
}

/** Whether retained collections go although their active collection does not change. */
export const dropsExpired = ({ verdict, retained }: CollectionPlan): boolean =>
    (verdict === "none" || verdict === "state-only") && retained.some(({ fate }) => fate === "dropped");

function planItself(input: PlanInput): Omit<CollectionPlan, "retained"> {
    const { source, rows, bytes, unknowns, replace = false, capabilities = currentServer } = input;
    const { target, findings: open } = unknowns
        ? resolveUnknowns(input.deployed, input.target)
        : { target: input.target, findings: [] };
    const deployed = withoutUnfilled(withObserved(input.deployed, target, source), target, source);
    const changes = diffCollection(deployed, target);
    const isRecorded = () =>
        input.interrupted === undefined &&
        (same(input.deployed, deployed) || diffCollection(input.deployed, target).length === 0);
    // The program sets arguments to values that the server already has: only the state is rewritten.
    if (changes.length === 0 && !isRecorded()) {
        changes.push({ kind: "state-only", arguments: [] });
    }
    const current = source ?? recorded(deployed);
    const { statistics = {}, estimate = {}, destructive = "warn", notShown = [] } = input;
    const previous = source === undefined ? "unknown" : input.previous;
    const { undeclared = [] } = input;
    const context = { server: capabilities, source: current, target, statistics, undeclared };
    const strategies = [
        ...changes.map((change) => strategyOf(change, context)),
        ...releasedPartition(input, current, target),
        ...notRefreshed(input, current, target),
    ];
    const migrations = strategies.flatMap((strategy) => (strategy.via === "migrate" ? [strategy] : []));
    const replaces = [...new Set(migrations.map(({ argument }) => argument))];
    const reasons = [...new Set(migrations.map((strategy) => strategy.reason))];
    const wanted = replace || replaces.length > 0 ? "migrate" : verdictInPlace(strategies, open.length > 0);
    // The estimate is that of a copy, so it does not apply to a rollback.
    const { seconds, passSeconds } = target.migration.rollback === undefined ? estimate : {};
    const about = { target, rows, bytes, changes, replaces, reasons, seconds, statistics };
    const plan = { ...about, updates: [], migration: undefined };
    if (wanted === "none" || wanted === "state-only") {
        return {
            ...plan,
            verdict: wanted,
            findings: [
                ...interruption(input),
                ...strategies.flatMap((strategy) =>
                    strategy.via === "state-only" ? (strategy.findings ?? []) : [],
                ),
            ],
        };
    }

    const { migration, updates, findings } =
        wanted === "migrate"
            ? {
                  updates: [],
                  ...planMigration({ deployed, ...context, bytes, previous, retained: input.retained }),
              }
            : { migration: undefined, ...updatesOf(strategies, current, target) };
    findings.push(
        ...inPlaceFindings(updates, current, capabilities),
        ...rewritten(updates, current, rows),
        ...gateInPlace(target, updates),
    );
    const isPaused = migration && mayPauseWrites(capabilities) && followsWrites(target, migration.mapping);
    if (isPaused && passSeconds !== undefined) findings.push(...pauseFindings(target, passSeconds));
    const built = migration ? target.indexes : updates.flatMap(builtBy);
    const unbuildable = indexLimits(built, target, capabilities);
    const unrestorable = restoreLimits(updates, current, capabilities);
    const found = [
        ...presence(input),
        ...interruption(input),
        ...open,
        ...findings,
        ...refilled(target, current),
    ];
    const assessed = assignSeverity([...found, ...unrestorable, ...unbuildable], {
        // Rows that are not loaded cannot be counted, and the server's statistics lack the latest writes: 0 proves nothing.
        empty: rows === 0 && source?.loadState === "loaded",
        unknowns,
        destructive,
        notShown,
        allow: target.migration.allow,
    });
    return assessed.some(({ severity }) => severity === "error")
        ? { ...plan, verdict: "blocked", findings: assessed }
        : { ...plan, verdict: wanted, updates, migration, findings: assessed };
}

function verdictInPlace(strategies: readonly Strategy[], open: boolean): "none" | "state-only" | "update" {
    if (open || strategies.some(({ via }) => via === "update")) return "update";
    return strategies.length === 0 ? "none" : "state-only";
}

function builtBy(update: Update): Index[] {
    return update.kind === "create-index" || update.kind === "add-function" ? [update.index] : [];
}

function presence({ source, capabilities }: PlanInput): Finding[] {
    if (source !== undefined) return [];
    if (capabilities === undefined) {
        const message =
            "The server could not be queried. The plan uses the recorded state and assumes a current Milvus.";
        return [finding("MV121", "connection", message)];
    }
    const message = "The recorded collection does not exist on the server.";
    return [
        finding("MV123", "name", message, "Run `pulumi refresh`. The next `pulumi up` creates it again."),
    ];
}

function interruption({ interrupted, source }: PlanInput): Finding[] {
    if (interrupted === undefined || source === undefined) return [];
    const message = `An earlier \`pulumi up\` was interrupted while it changed ${source.name} in place (${interrupted.join(", ")}). This plan starts from what is on the server now.`;
    return [finding("MV196", "name", message)];
}

/** An interrupted run releases a partition before it drops it: the rows of one that was not dropped are loaded again. */
function releasedPartition(
    { interrupted = [] }: PlanInput,
    { loadState, partitions }: ObservedCollection,
    { load }: Collection,
): Strategy[] {
    if (loadState !== "partly-loaded" || load === undefined || !interrupted.includes("drop-partition"))
        return [];
    return [inPlace({ kind: "load", load, partitions })];
}

/** An interrupted run may have added a vector, and not loaded it. */
function notRefreshed(
    { interrupted = [] }: PlanInput,
    source: ObservedCollection,
    target: Collection,
): Strategy[] {
    const [refresh] = interrupted.includes("refresh") ? loadsNew({ source, target }) : [];
    return refresh ? [inPlace(refresh)] : [];
}
