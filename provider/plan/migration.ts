import { renameBugs, serverBugs } from "./mapping/serverBugs";
import type { Collection } from "../inputs/schema/collection";
import type { Capabilities, ObservedCollection } from "../observe/state";
import { carrySettings } from "./carry/carrySettings";
import { settingFindings } from "./carry/unmodelled";
import type { Finding } from "./finding/finding";
import { finding } from "./finding/finding";
import type { PlanContext } from "./strategy/planContext";
import { gateFindings } from "./gate";
import { ignoredProperties } from "./mapping/ignoredProperties";
import { ignoredMemory } from "./mapping/memorySettings";
import { memoryFindings } from "./render/memory";
import { detachFindings } from "./mapping/detached";
import { mapRows } from "./mapping/mapRows";
import type { PartitionMapping, RowMapping } from "./mapping/mapping";
import { renamesWithMigration } from "./strategy/renameStrategy";
import { placeOf } from "./diff/place";
import type { RetainedSeen } from "./retained";
import { planRollback, type Previous } from "./rollback";
import { writesFindings } from "./mapping/onlineWrites";

export interface Migration {
    /** What is built: the program's target, with the settings of the server that it does not mention. */
    wanted: Collection;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** `rename`: the copy takes the name of the old collection. `alias`: the copy keeps its own name (blue/green). */
    cutover: "rename" | "alias";
    /** The retained collection that is restored instead of making a copy; undefined where rows are copied. */
    rollbackTo: string | undefined;
    /** Whether the old collection is retained. */
    retainsPrevious: boolean;
}

export interface MigrationInput extends PlanContext {
    deployed: Collection;
    /** Size of the source's rows in bytes, where it is known. */
    bytes: number | undefined;
    /** The retained collection, where the target rolls back to it; `unknown` where no server could be queried. */
    previous: Previous | "unknown" | undefined;
    /** What is retained behind the source. Default: unknown. */
    retained?: RetainedSeen | undefined;
}

/** Plans a new collection beside the old one: how rows are mapped, how clients are cut over, and the findings. */
export function planMigration(input: MigrationInput): { migration: Migration; findings: Finding[] } {
    const { deployed, source, server, statistics, bytes, previous } = input;
    // The retained collection has settings of its own.
    const isRollback = input.target.migration.rollback !== undefined;
    const carried = isRollback
        ? { wanted: input.target, kept: [], left: [] }
        : carrySettings(deployed, input.target, source);
    const target = carried.wanted;
    const { mapping, partitions, findings } = mapRows({
        source,
        deployed,
        target,
        capabilities: server,
        statistics,
        undeclared: input.undeclared,
    });
    const sameName = target.name !== undefined && target.name === deployed.name;
    const [before, after] = [placeOf(deployed), placeOf(target)];
    const sameServer = before.address === after.address;
    const samePlace = sameServer && before.database === after.database;
    const cutover = sameName && samePlace ? "rename" : "alias";
    const copyPlan = { mapping, partitions, cutover } as const;
    const rollback = isRollback ? planRollback(copyPlan, input) : undefined;
    const sameConnection = sameServer && deployed.connection?.database === target.connection?.database;
    const unretained = retentionFindings(target, server, { sameServer, sameConnection });
    return {
        migration: {
            ...copyPlan,
            wanted: target,
            mapping: rollback ? rollback.mapping : mapping,
            rollbackTo:
                rollback &&
                (previous && previous !== "unknown" ? previous.observed.name : "the retained collection"),
            retainsPrevious: target.migration.keepPrevious !== false && unretained.length === 0,
        },
        findings: [
            ...(cutover === "rename" ? swap(target, server) : []),
            ...findings,
            ...timeToLive(target),
            ...ignoredProperties(input.target.properties, server),
            ...ignoredMemory(input.target, server),
            ...(rollback ? rollback.findings : writesFindings(target, mapping)),
            ...unretained,
            ...gateFindings(target, mapping, source),
            ...(isRollback ? [] : detachFindings({ target, mapping, server, isElsewhere: !samePlace })),
            ...(isRollback ? [] : settingFindings(source, carried)),
            ...memoryFindings(target, bytes),
            ...aliases(source),
            ...serverBugs(server, { source, target }),
            ...(samePlace ? renamesWithMigration(target, deployed.name, source) : []),
        ],
    };
}

/** A retained collection is found again by its properties and those of its successor, so both must be reachable. */
function retentionFindings(
    { migration }: Collection,
    server: Capabilities,
    { sameServer, sameConnection }: { sameServer: boolean; sameConnection: boolean },
): Finding[] {
    if (migration.keepPrevious === false || (server.alterProperties && sameConnection)) return [];
    const elsewhere = sameServer
        ? "the new collection uses another connection"
        : "the new collection is on another server";
    const reason = sameConnection ? `${server.server} does not store properties of collections` : elsewhere;
    const message = `The old collection is dropped after the cutover: ${reason}.`;
    return [finding("MV149", "migration.keepPrevious", message)];
}

function swap(target: Collection, able: Capabilities): Finding[] {
    const { name } = target;
    const { renameLosesMetadata, server } = able;
    if (renameLosesMetadata) {
        const message = `${server} loses the metadata of a collection that is renamed (milvus-io/milvus#43407).`;
        return [finding("MV185", "name", message, "Upgrade to Milvus 2.5.15, or omit name.")];
    }
    if (able.rename) return renameBugs(able, target);
    const message = `${server} cannot rename a collection, so the copy cannot take the name ${name}.`;
    const fix = "Omit name, so that each copy gets its own name. Or give the new schema another name.";
    return [finding("MV120", "name", message, fix)];
}

function timeToLive({ properties }: Collection): Finding[] {
    const seconds = Number(properties["collection.ttl.seconds"] ?? 0);
    if (!(seconds > 0)) return [];
    const message = `TTL counts from the insert: copied rows live for another ${seconds} s.`;
    return [finding("MV116", "properties", message)];
}

function aliases({ aliases: names, name }: ObservedCollection): Finding[] {
    if (names.length === 0) return [];
    const [subject, verb] = names.length === 1 ? ["The alias", "points"] : ["The aliases", "point"];
    const message = `${subject} ${names.join(", ")} ${verb} at ${name}. Aliases of this program are moved. Move any others yourself.`;
    return [finding("MV127", "name", message)];
}
