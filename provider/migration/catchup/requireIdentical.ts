import { listPartitions } from "../../milvus/collection/partitions";
import { compileColumns } from "../../wire";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { wireColumns } from "../read/wireColumns";
import { compareMultisets } from "../verify/compareMultisets";
import { compareRange, type Differences, differencesText, noDifferences } from "../verify/differences";
import { RunError } from "../errors";
import { loadTemporarily } from "../lifecycle/temporaryLoad";
import type { Report } from "../report";
import { readSource, readTarget, type Endpoint, partitionsToRead } from "../read/endpoint";
import { newPartitions } from "./newPartitions";

export interface Comparison {
    source: Endpoint;
    target: Endpoint;
    mapping: RowMapping;
    partitions: PartitionMapping;
    batchBytes: number;
    report: Report;
}

/**
 * Compares an old collection with its successor where nobody remembers what both held at the cut-over: a row that is
 * there in the old one alone, or differs, may be a late write or have been deleted or changed since. Rows of the new one
 * alone are its own. Errors: `MV321` with the first keys.
 */
export async function requireIdentical(comparison: Comparison): Promise<void> {
    const { source, target, report } = comparison;
    report.say(
        `${source.ref.name}: the run that copied it was cut; comparing it with ${target.ref.name} once more`,
    );
    const found = await differencesOf({ ...comparison, partitions: await leftOf(comparison) });
    const { missing, different, extra } = found;
    if (extra.count > 0)
        report.say(
            `${extra.count} rows are in ${target.ref.name} alone (${extra.first.join(", ")}): written there, or deleted from ${source.ref.name} right before the switch`,
        );
    if (missing.count + different.count === 0) return;
    throw new RunError(
        "MV321",
        `${source.ref.name}: not dropped, rows of it differ from ${target.ref.name}: ${differencesText({ ...found, extra: { count: 0, first: [] } })}. ` +
            "The run that switched was cut before its last pass, and nobody can tell which side is newer. " +
            `Both are kept: look at these rows, drop ${source.ref.name} by hand, and run \`pulumi refresh\``,
    );
}

/** Without the partitions that clients have dropped in the new one since: these are gone. */
async function leftOf({ target, partitions }: Comparison): Promise<PartitionMapping> {
    if (partitions.kind === "together") return partitions;
    const there = new Set(await listPartitions(target.client, target.ref));
    const gone = partitions.carried.filter((name) => !there.has(name));
    return {
        ...partitions,
        carried: partitions.carried.filter((name) => there.has(name)),
        dropped: [...partitions.dropped, ...gone],
    };
}

/** What differs between both, read as they are. */
export async function differencesOf(comparison: Comparison): Promise<Differences> {
    const { source, target, report } = comparison;
    // After a restart milvus-lite has loaded nothing.
    const restoreSourceLoad = await loadTemporarily(source.client, source.ref, report);
    const restoreTargetLoad = await loadTemporarily(target.client, target.ref, report);
    try {
        return await compare(comparison);
    } finally {
        await restoreTargetLoad();
        await restoreSourceLoad();
    }
}

async function compare(comparison: Comparison): Promise<Differences> {
    const { mapping, batchBytes } = comparison;
    const partitions = (await newPartitions(comparison))?.partitions ?? comparison.partitions;
    const [source, target] = await Promise.all([
        readSource(comparison.source, mapping),
        readTarget(comparison.target, mapping),
    ]);
    const map = compileColumns(wireColumns(mapping));
    // Keys that were made anew have no partner: a row that was changed on either side since counts as missing.
    if (mapping.key.regenerate) {
        const multisets = { source, target, map, key: mapping.key.to, partitions, batchBytes };
        const { found } = await compareMultisets({ ...multisets, progress: () => undefined });
        return found ?? noDifferences();
    }
    const found = noDifferences();
    for (const partition of partitionsToRead(partitions)) {
        const comparePair = { source: { ...source, partition }, target: { ...target, partition } };
        const pair = { ...comparePair, map, key: mapping.key.to, batchBytes };
        await compareRange(pair, { begin: undefined, upTo: undefined }, found, () => undefined);
    }
    return found;
}
