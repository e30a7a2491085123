import type { Inspected } from "../../observe/generation";

/** What a migration does at the moment. */
export type MigrationPhase =
    /** Rows are copied; clients use the old collection. */
    | "copying"
    /** All rows are copied: indexes, load and verification follow. */
    | "verifying"
    /** The copy is whole, and clients still use the old collection. */
    | "switching"
    /** Clients use the new collection; late writes are carried over, then the old one is dropped or retained. */
    | "finishing";

export interface MigrationSeen {
    owner: string;
    source: Inspected;
    copy: Inspected;
    phase: MigrationPhase;
}

/** What stands in a database, sorted by what an operator does about it. */
export interface Overview {
    /** Under way, or interrupted: the next run resumes them. */
    migrations: readonly MigrationSeen[];
    /** Copies of collections that are gone, which never served. */
    orphans: readonly Inspected[];
    /** Collections that a first creation has not finished, or is just making. */
    creations: readonly Inspected[];
    /** Those behind one collection in their order, the one that served last first. */
    retained: readonly { at: Inspected; behind: Inspected | undefined }[];
    /** Collections that refuse writes although no migration is about to switch them. */
    fenced: readonly Inspected[];
    /** All others, which serve. */
    serving: readonly Inspected[];
}

/** Sorts the marked collections of one database. */
export function overviewOf(found: readonly Inspected[]): Overview {
    const migrations: MigrationSeen[] = [];
    const orphans: Inspected[] = [];
    for (const copy of found) {
        const source = sourceOf(found, copy);
        const isBuilding = copy.marker.state === "building" && copy.marker.from !== undefined;
        if (source) migrations.push({ owner: copy.marker.owner, source, copy, phase: phaseOf(source, copy) });
        else if (isBuilding && copy.aliases.length === 0) orphans.push(copy);
    }
    const isCopy = (one: Inspected) => migrations.some(({ copy }) => copy === one);
    const isSource = (one: Inspected) => migrations.some(({ source }) => source === one);
    return {
        migrations,
        orphans,
        creations: found.filter(({ marker }) => marker.state === "building" && marker.from === undefined),
        retained: retainedOf(found),
        fenced: found.filter((one) => one.isFenced && !isSource(one)),
        serving: found.filter((one) => one.marker.state === "live" && !isCopy(one) && !isSource(one)),
    };
}

function retainedOf(found: readonly Inspected[]): Overview["retained"] {
    const retained = found.filter(({ marker }) => marker.state === "previous");
    const placeOf = (at: Inspected, { retained: listed }: Inspected) =>
        listed.findIndex(
            ({ name, generation }) => name === at.ref.name && generation === at.marker.generation,
        );
    const placed = retained.map((at) => {
        const behind = found.find((one) => placeOf(at, one) >= 0);
        return { at, behind, place: behind ? placeOf(at, behind) : 0 };
    });
    return placed
        .sort(
            (one, other) =>
                (one.behind?.ref.name ?? "").localeCompare(other.behind?.ref.name ?? "") ||
                one.place - other.place,
        )
        .map(({ at, behind }) => ({ at, behind }));
}

/** The collection whose rows a copy takes over, or has taken over, while both are there. */
function sourceOf(found: readonly Inspected[], { marker, ref }: Inspected): Inspected | undefined {
    if (marker.from === undefined || marker.state === "previous") return undefined;
    return found.find(
        (one) =>
            one.marker.owner === marker.owner &&
            one.marker.generation === marker.from &&
            one.marker.state !== "previous" &&
            one.ref.name !== ref.name,
    );
}

function phaseOf(source: Inspected, copy: Inspected): MigrationPhase {
    if (copy.marker.state === "building") return copy.progress?.isDone ? "verifying" : "copying";
    if (copy.cutover === "switched") return "finishing";
    // In a swap of names the old collection names its successor by the name that it will have; aliases move last.
    const { name } = source.successor ?? {};
    const hasName = name === copy.ref.name;
    const isRetired = name !== undefined && source.ref.name === `${name}_${source.marker.generation}`;
    return hasName && (isRetired || source.aliases.length === 0) ? "finishing" : "switching";
}

/** What an operator who ends a migration asks for. */
export interface AbortIntent {
    /** Whether to end it although a run works on it. */
    force: boolean;
    /**
     * Whether a state of Pulumi may know the new collection: then it is recorded as the resource's own, and the old one as
     * what is left to delete.
     */
    mayBeRecorded: boolean;
}

export type AbortAction =
    | { kind: "lift-fence"; at: Inspected["ref"] }
    /** An interrupted swap has taken the old collection's name. */
    | { kind: "restore-name"; at: Inspected["ref"]; name: string }
    | { kind: "forget-successor"; at: Inspected["ref"] }
    | { kind: "drop-copy"; copy: Inspected };

/** Why a migration is not ended. */
export type AbortRefusal =
    /** A run is at work on it. */
    | "held"
    /** Clients use the new collection. */
    | "switched"
    /** The state of a stack has the new collection. */
    | "recorded"
    /** It is no copy, but what a rollback has restored. */
    | "restored";

/** How to end a migration before its switch: the old collection serves as before, and the copy is dropped. */
export function planAbort(
    { source, copy, phase }: MigrationSeen,
    names: ReadonlySet<string>,
    { force, mayBeRecorded }: AbortIntent,
): AbortAction[] | AbortRefusal {
    if (phase === "finishing" || copy.aliases.length > 0) return "switched";
    if (source.retained.some(({ name }) => name === copy.ref.name)) return "restored";
    const successor = source.successor?.name;
    // In a swap of names the run has not ended yet, so that no state knows the new collection.
    const isSwap = successor !== undefined && successor !== copy.ref.name;
    if (phase === "switching" && !isSwap && mayBeRecorded) return "recorded";
    if (copy.lease === "held" && !force) return "held";
    const isRetired = isSwap && source.ref.name === `${successor}_${source.marker.generation}`;
    const restored = isRetired && !names.has(successor) ? { ...source.ref, name: successor } : source.ref;
    return [
        ...(source.isFenced ? [{ kind: "lift-fence" as const, at: source.ref }] : []),
        ...(restored === source.ref
            ? []
            : [{ kind: "restore-name" as const, at: source.ref, name: restored.name }]),
        { kind: "drop-copy", copy },
        ...(source.successor ? [{ kind: "forget-successor" as const, at: restored }] : []),
    ];
}
