import { graceOf } from "../../observe/grace";
import { listAliases } from "../../milvus/collection/aliases";
import type { LeaseHolder } from "../../observe/lease";
import type { OwnershipMarker } from "../../observe/state";
import { mayPauseWrites } from "../../plan/mapping/onlineWrites";
import { withExplicitKeys } from "../lifecycle/create";
import { nameBaseline } from "../properties/baselineId";
import type { CutoverSpec } from "../properties/cutoverRecord";
import { BaselineFolder, type Manifest } from "../catchup/baselineFolder";
import { carryOverPartitions } from "../catchup/newPartitions";
import type { Passes } from "../catchup/passContext";
import { catchUpRecorded } from "../catchup/recordedPasses";
import { catchUp } from "../catchup/syncPasses";
import { splitTailRanges } from "../catchup/tailRanges";
import type { CopyRecord } from "../copy/copyRecord";
import type { Range } from "../keys/keyRanges";
import { moduleVersion as versionOf } from "../transform/transformModule";
import type { Cutover } from "./cutover";
import { OnlineCutover } from "./onlineCutover";
import type { Phase } from "./phases";
import { onlineSteps } from "./steps";

/** The inputs of every online cutover besides its passes. */
interface Online {
    spec: CutoverSpec;
    holder: LeaseHolder;
}

export interface CutoverInput extends Omit<Passes, "folder">, Online {
    /** The ownership marker of the target; its owner also names the baseline. */
    marker: OwnershipMarker;
    /** The generation of the source. */
    generation: string;
    /** The expected row count of the target, an estimate. */
    expected: number;
    /** What the copy has recorded of its rows, if the catch-up needs it. */
    record?: CopyRecord | undefined;
    /** The baseline that an interrupted run has left, if the catch-up continues with it. */
    left?: { folder: BaselineFolder; manifest: Manifest } | undefined;
}

/** Makes the target equal to the source while clients write, and returns the cutover that follows. */
export async function prepareCutover(given: CutoverInput): Promise<Cutover> {
    const { spec, holder, marker, generation, expected, record, left, ...common } = given;
    const { target, mapping } = common;
    const { owner, generation: to } = marker;
    const { transform } = mapping;
    const moduleVersion = left?.manifest.moduleVersion ?? (transform && versionOf(transform.module));
    const folder = left?.folder ?? (await BaselineFolder.create({ owner, from: generation, mapping }));
    const { ranges, partitions: known } = left?.manifest ?? common;
    const passes: Passes = {
        ...common,
        partitions: known,
        ranges: ranges.map((range) => ({ ...range })),
        folder,
        moduleVersion,
    };
    const isRecorded = folder.layout.ownTarget;
    if (isRecorded && !left) await adoptRecord(folder, ranges, record);
    await carryOverPartitions(passes);
    const made = { ...spec, fields: mapping.columns.map(({ to: field }) => field) };
    const { late, last } = await withExplicitKeys(target, made, () =>
        isRecorded ? catchUpRecorded(passes, expected) : catchUp(passes, expected),
    );
    // The cutover takes its own lease before it writes.
    passes.confirm = undefined;
    passes.ranges = await splitTailRanges(passes.ranges, last, folder);
    const { partitions } = passes;
    const baselineId = target.capabilities.alterProperties
        ? await nameBaseline(target.client, target.ref)
        : undefined;
    await folder.complete({
        owner,
        from: generation,
        to,
        baselineId,
        mapping,
        moduleVersion,
        partitions,
        ranges: passes.ranges,
    });
    return openCutover(passes, { spec, holder }, late, "copied", expected === 0);
}

/** The baseline of a copy that recorded its rows begins with what it recorded; rows without a record are made again. */
async function adoptRecord(
    folder: BaselineFolder,
    ranges: readonly Range[],
    record: CopyRecord | undefined,
): Promise<void> {
    const files = await record?.complete(ranges);
    for (const place of ranges.keys()) await folder.adopt(place, files?.[place]);
}

/**
 * Opens the cutover of a copy whose baseline another process has left on this machine. It uses the same hashes, so that
 * no row has to be compared again.
 */
export function reopenCutover(
    { folder, manifest }: { folder: BaselineFolder; manifest: Manifest },
    passes: Pick<Passes, "source" | "target" | "batchBytes" | "report">,
    online: Online,
    phase: Phase,
): Promise<Cutover> {
    const { mapping, partitions, ranges, moduleVersion } = manifest;
    const left = { mapping, partitions, ranges, moduleVersion, folder };
    return openCutover({ ...passes, ...left }, online, undefined, phase);
}

async function openCutover(
    passes: Passes,
    { spec, holder }: Online,
    lateWrites: number | undefined,
    phase: Phase = "copied",
    isEmpty = false,
): Promise<Cutover> {
    const aliases = await listAliases(passes.source.client, passes.source.ref);
    const { maxWritePause } = spec.migration;
    const grace = await graceOf(passes.source, spec.migration.grace);
    const mayFence = mayPauseWrites(passes.source.capabilities);
    const steps = onlineSteps({ spec, passes, aliases, holder });
    return new OnlineCutover(steps, { maxWritePause, grace, mayFence, isEmpty, lateWrites }, phase);
}
