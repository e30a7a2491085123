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
import { catchUp } from "../catchup/syncPasses";
import { splitTailRanges } from "../catchup/tailRanges";
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
}

/** Makes the target equal to the source while clients write, and returns the cutover that follows. */
export async function prepareCutover(given: CutoverInput): Promise<Cutover> {
    const { spec, holder, marker, generation, expected, ...common } = given;
    const { target, mapping } = common;
    const { owner, generation: to } = marker;
    const ranges = common.ranges.map((range) => ({ ...range }));
    const folder = await BaselineFolder.create({ owner, from: generation, mapping });
    const passes: Passes = { ...common, ranges, folder };
    await carryOverPartitions(passes);
    const made = { ...spec, fields: mapping.columns.map(({ to: field }) => field) };
    const { late, last } = await withExplicitKeys(target, made, () => catchUp(passes, expected));
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
        partitions,
        ranges: passes.ranges,
    });
    return openCutover(passes, { spec, holder }, late, "copied", expected === 0);
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
    const { mapping, partitions, ranges } = manifest;
    return openCutover({ ...passes, mapping, partitions, ranges, folder }, online, undefined, phase);
}

async function openCutover(
    passes: Passes,
    { spec, holder }: Online,
    lateWrites: number | undefined,
    phase: Phase = "copied",
    isEmpty = false,
): Promise<Cutover> {
    const aliases = await listAliases(passes.source.client, passes.source.ref);
    const { maxWritePause, grace } = spec.migration;
    const mayFence = mayPauseWrites(passes.source.capabilities);
    const steps = onlineSteps({ spec, passes, aliases, holder });
    return new OnlineCutover(steps, { maxWritePause, grace, mayFence, isEmpty, lateWrites }, phase);
}
