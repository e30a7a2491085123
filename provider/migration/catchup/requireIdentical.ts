import { rowsText } from "../../inputs/report/figures";
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
 * Compares an old collection with its successor when the baseline of the cutover is not available. A row that is only
 * in the old collection, or differs, may be a late write, or may have been deleted or changed since the switch. Rows
 * that are only in the new collection belong to it. Errors: `MV321` with the first keys.
 */
export async function requireIdentical(comparison: Comparison): Promise<void> {
    const { source, target, report } = comparison;
    report.say(
        `${source.ref.name}: the run that copied it was interrupted; comparing it with ${target.ref.name} again`,
    );
    const found = await differencesOf({ ...comparison, partitions: await leftOf(comparison) });
    const { missing, different, extra } = found;
    if (extra.count > 0)
        report.say(
            `${rowsText(extra.count)} only in ${target.ref.name} (${extra.first.join(", ")}): written there, or deleted from ${source.ref.name} right before the switch`,
        );
    if (missing.count + different.count === 0) return;
    throw new RunError(
        "MV321",
        `${source.ref.name}: not dropped, its rows differ from ${target.ref.name}: ${differencesText({ ...found, extra: { count: 0, first: [] } })}. ` +
            "The run that switched was interrupted before its last pass, so it is unknown which side is newer. " +
            `Both are kept. Compare these rows, drop ${source.ref.name} by hand, and run \`pulumi refresh\``,
    );
}

/**
 * A transform may have read columns that the new collection does not have: a late write to such a column alone cannot be
 * seen without the baseline. Errors: `MV321`.
 */
export async function requireAllSeen({
    source,
    mapping,
}: Pick<Comparison, "source" | "mapping">): Promise<void> {
    if (!mapping.transform) return;
    const { fields } = await readSource(source, mapping, true);
    const carried = new Set(
        wireColumns(mapping).flatMap(({ source: from }) => (from.kind === "carry" ? [from.from] : [])),
    );
    const unseen = fields.filter((name) => name !== mapping.key.from && !carried.has(name));
    if (unseen.length === 0) return;
    throw new RunError(
        "MV321",
        `${source.ref.name}: not dropped, a write to ${unseen.join(", ")} since the switch cannot be seen: the new collection does not have it, ` +
            "the transform may have read it, and the row hashes of the run that switched are on another machine. " +
            `Both are kept. Run \`pulumi up\` there, or drop ${source.ref.name} by hand once nobody writes to it, and run \`pulumi refresh\``,
    );
}

/** Leaves out the partitions that clients have dropped in the new collection since. */
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

/** The differences between both collections as they are now. */
export async function differencesOf(comparison: Comparison): Promise<Differences> {
    const { source, target, report } = comparison;
    // After a restart milvus-lite has no collection loaded.
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
    // Regenerated keys have no counterpart: a row that was changed on either side since counts as missing.
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
