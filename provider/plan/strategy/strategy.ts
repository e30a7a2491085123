import type { Collection } from "../../inputs/schema/collection";
import type { Finding } from "../finding/finding";
import type { PlanContext } from "./planContext";
import type { Update } from "./update";

/** How a change is made on the server, from the cheapest to the most expensive. */
export type Strategy =
    | { via: "state-only"; findings?: Finding[] }
    /** In place. `released`: the collection must be released. */
    | { via: "update"; updates: Update[]; released?: boolean; findings?: Finding[] }
    /** In a new collection. `argument` is the argument that forces it, and `reason` is why. */
    | { via: "migrate"; argument: keyof Collection; reason: string };

export function migrate(argument: keyof Collection, reason: string): Strategy {
    return { via: "migrate", argument, reason };
}

export function inPlace(...updates: Update[]): Strategy {
    return { via: "update", updates };
}

export function whileReleased(...updates: Update[]): Strategy {
    return { via: "update", updates, released: true };
}

/** A loaded collection does not load an added vector field by itself (issue 47873). */
export function loadsNew({ source, target }: Pick<PlanContext, "source" | "target">): Update[] {
    return source.loadState !== "not-loaded" && target.load !== undefined ? [{ kind: "refresh" }] : [];
}

/** An interrupted run made the change and may have stopped before it loaded the collection again. */
export function alreadyDone({ source, target }: Pick<PlanContext, "source" | "target">): Strategy {
    return source.loadState === "not-loaded" && target.load !== undefined ? whileReleased() : inPlace();
}

/** The same with further findings: a migration finds them itself. */
export function noting(findings: readonly Finding[], strategy: Strategy): Strategy {
    if (strategy.via === "migrate" || findings.length === 0) return strategy;
    return { ...strategy, findings: [...(strategy.findings ?? []), ...findings] };
}
