import type { Collection } from "../../inputs/schema/collection";
import type { ObservedCollection } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { Strategy } from "./strategies";
import type { Update } from "./update";
import { arrange, destructive } from "./update";

/**
 * The steps that change a collection in place. Steps that keep it serving come first; then, between one release and one
 * load, those that need a released collection; destructive steps come last. Whatever step fails, no data is lost before
 * it, and the next run does the remaining steps.
 */
export function updatesOf(
    strategies: readonly Strategy[],
    source: ObservedCollection,
    target: Collection,
): { updates: Update[]; findings: Finding[] } {
    const inPlace = strategies.flatMap((strategy) => (strategy.via === "update" ? [strategy] : []));
    const released = inPlace.filter(({ released: needed }) => needed);
    const isReloaded = released.length > 0 && source.loadState !== "not-loaded";
    const serving = inPlace
        .filter(({ released }) => !released)
        .flatMap(({ updates }) => updates)
        // The load at the end loads everything.
        .filter(({ kind }) => kind !== "refresh" || !isReloaded);
    const findings = strategies.flatMap((strategy) =>
        strategy.via === "migrate" ? [] : (strategy.findings ?? []),
    );
    const loaded = source.loadState !== "not-loaded";
    if (released.length > 0 && loaded && target.load !== undefined) {
        const needs = (kind: Update["kind"]) =>
            released.some(({ updates }) => updates.some((update) => update.kind === kind));
        const reindexed = { drops: needs("drop-index"), builds: needs("create-index") };
        findings.push(unserved(reindexed), ...(reindexed.builds ? unbuilt(source) : []));
    }
    return {
        updates: [
            ...arrange(serving.filter((update) => !destructive(update))),
            ...(released.length > 0 ? whileReleased(released, loaded, target) : []),
            ...arrange(serving.filter(destructive)),
        ],
        findings,
    };
}

function whileReleased(strategies: { updates: Update[] }[], loaded: boolean, target: Collection): Update[] {
    return [
        ...(loaded ? [{ kind: "release" } as const] : []),
        ...arrange(strategies.flatMap(({ updates }) => updates)),
        ...(target.load === undefined ? [] : [{ kind: "load", load: target.load } as const]),
    ];
}

/** No duration is estimated: building an index on a sample predicts little, and it would burden a serving server. */
function unserved(index: { drops: boolean; builds: boolean }): Finding {
    const built = index.builds ? "the index is built and " : "";
    const message = `Searches fail from the release until ${built}the collection is loaded again. The duration is unknown and grows with the rows.`;
    const fix = 'To keep serving, change the index on a copy: migration: { indexes: "shadow" }.';
    return finding("MV124", "load", message, index.drops ? fix : undefined);
}

/** With a function every build waits for segments behind the version of the schema, by default for ever (3.0, issue 51768). */
function unbuilt({ name, schemaProgress: progress }: ObservedCollection): Finding[] {
    if (progress === undefined || progress.consistent >= progress.total) return [];
    const message = `${progress.total - progress.consistent} of ${progress.total} segments of ${name} do not have the current schema, and the server builds no index until they do.`;
    const fix =
        'Wait for them (dataCoord.compaction.bumpSchemaVersion.enabled of the server), or build the index on a copy: migration: { indexes: "shadow" }.';
    return [finding("MV180", "indexes", message, fix)];
}
