import type { Collection } from "../spec/collection";
import type { Capabilities, ObservedCollection } from "../observe/state";
import { currentServer, recorded, withObserved } from "./assume";
import type { Change } from "./change";
import { codes } from "./codes";
import { diffCollection } from "./diff";
import type { Finding } from "./finding";
import { finding } from "./finding";
import type { Migration } from "./migration";
import { planMigration } from "./migration";
import type { Path } from "./path";
import { pathOf } from "./path";
import { settle } from "./unknown";
import { updatesOf } from "./updates";
import type { Update } from "./update";

export interface PlanInput {
    /** What the program declared when it was last deployed. */
    deployed: Collection;
    target: Collection;
    /** The collection on the server; undefined where there is none, or where no server could be asked. */
    source?: ObservedCollection;
    /** The source's rows: counted where it is loaded, else by the server's books; undefined where nobody knows. */
    rows?: number;
    /** The size of the source's rows in bytes, about. */
    bytes?: number;
    /** Undefined where no server could be asked: then the plan is made from the record. */
    capabilities?: Capabilities;
    /** Whether the target holds values that are known only at `pulumi up`. */
    unknowns: boolean;
    /** Whether a new collection is wanted though no change asks for one, as with `pulumi up --target-replace`. */
    replace?: boolean;
}

export interface CollectionPlan {
    /**
     * `none`: nothing to do. `settings`: the state is rewritten. `update`: in place. `migrate`: a new collection takes
     * the rows over. `refuse`: an error is among the findings, nothing may be touched.
     */
    verdict: "none" | "settings" | "update" | "migrate" | "refuse";
    /** What is to be: the target, with what is still unknown as it is deployed. */
    target: Collection;
    rows: number | undefined;
    bytes: number | undefined;
    changes: Change[];
    /** Steps in place, in order; empty unless the verdict is `update`. */
    updates: Update[];
    /** Names of the arguments that force a new collection. */
    replaces: (keyof Collection)[];
    /** How the rows are taken over; only where the verdict is `migrate`. */
    migration: Migration | undefined;
    findings: Finding[];
}

/** What a new declaration of a collection means, and the cheapest safe way to it. Pure, and it never throws. */
export function planCollection(input: PlanInput): CollectionPlan {
    const { source, rows, bytes, unknowns, replace = false, capabilities = currentServer } = input;
    const { target, findings: open } = unknowns
        ? settle(input.deployed, input.target)
        : { target: input.target, findings: [] };
    const deployed = withObserved(input.deployed, target, source);
    const changes = diffCollection(deployed, target);
    // What the server already is, only spelled out: the state is rewritten.
    if (changes.length === 0 && diffCollection(input.deployed, target).length > 0) {
        changes.push({ kind: "settings", arguments: [] });
    }
    const paths = changes.map((change) => pathOf(change, capabilities));
    const replaces = [...new Set(paths.flatMap((path) => (path.via === "migrate" ? [path.argument] : [])))];
    const wanted = replace || replaces.length > 0 ? "migrate" : verdictInPlace(paths, open.length > 0);
    const plan = { target, rows, bytes, changes, updates: [], replaces, migration: undefined };
    if (wanted === "none" || wanted === "settings") {
        return {
            ...plan,
            verdict: wanted,
            findings: paths.flatMap((path) => (path.via === "settings" ? (path.findings ?? []) : [])),
        };
    }

    const seen = source ?? recorded(deployed);
    const { migration, updates, findings } =
        wanted === "migrate"
            ? { updates: [], ...planMigration(deployed, target, seen, capabilities) }
            : { migration: undefined, ...updatesOf(paths, seen, target) };
    const told = weigh([...presence(input), ...open, ...findings], input);
    return told.some(({ severity }) => severity === "error")
        ? { ...plan, verdict: "refuse", findings: told }
        : { ...plan, verdict: wanted, updates, migration, findings: told };
}

function verdictInPlace(paths: readonly Path[], open: boolean): "none" | "settings" | "update" {
    if (open || paths.some(({ via }) => via === "update")) return "update";
    return paths.length === 0 ? "none" : "settings";
}

function presence({ source, capabilities }: PlanInput): Finding[] {
    if (source !== undefined) return [];
    if (capabilities === undefined) {
        const message = "The server could not be asked: planned from the record, for a current Milvus.";
        return [finding("MV121", "connection", message)];
    }
    const message = "The recorded collection is not on the server.";
    return [finding("MV123", "name", message, "Run `pulumi refresh`; the next `pulumi up` creates it anew.")];
}

/** An empty collection has no rows to lose, and what is half known refuses nothing yet: `pulumi up` plans again. */
function weigh(findings: Finding[], { rows, source, unknowns }: PlanInput): Finding[] {
    // Rows of a released collection cannot be counted, and the server's books do not hold the latest: 0 proves nothing.
    const empty = rows === 0 && source?.loadState === "loaded";
    return findings
        .filter(({ code }) => !empty || codes[code].about !== "rows")
        .map((found) => (unknowns && found.severity === "error" ? { ...found, severity: "warning" } : found));
}
