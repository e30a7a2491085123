import { listAliases } from "../../milvus/aliases";
import type { Capabilities, OwnershipMarker } from "../../observe/state";
import type { Collection } from "../../inputs/collection";
import { withExplicitKeys } from "../lifecycle/create";
import { nameBaseline } from "../properties/baselineId";
import { BaselineFolder } from "../catchup/baselineFolder";
import { catchUp } from "../catchup/syncPasses";
import { type Cutover, onlineCutover } from "./cutover";
import { carryOverPartitions } from "../catchup/newPartitions";
import type { Passes } from "../catchup/passContext";
import { splitTailRanges } from "../catchup/tailRanges";

export interface CutoverInput extends Omit<Passes, "folder"> {
    spec: Collection;
    capabilities: Capabilities;
    /** The target's. */
    marker: OwnershipMarker;
    /** The source's. */
    generation: string;
    /** Rows that the target should hold, about. */
    expected: number;
}

/** Makes the target what the source is, whatever is written meanwhile, and returns how to go on to the hand-over. */
export async function prepareCutover(given: CutoverInput): Promise<Cutover> {
    const { spec, capabilities, marker, generation, expected, ...common } = given;
    const { target, mapping } = common;
    const { owner, generation: to } = marker;
    const ranges = common.ranges.map((range) => ({ ...range }));
    const folder = await BaselineFolder.create({ owner, from: generation, mapping });
    const passes: Passes = { ...common, ranges, folder };
    await carryOverPartitions(passes);
    const { late, last } = await withExplicitKeys(target.client, target.ref, spec, capabilities, () =>
        catchUp(passes, expected),
    );
    // Whoever works on the target later takes a lease of its own.
    passes.confirm = undefined;
    passes.ranges = await splitTailRanges(passes.ranges, last, folder);
    const { partitions } = passes;
    const baselineId = capabilities.alterProperties
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
    const aliases = await listAliases(passes.source.client, passes.source.ref);
    return onlineCutover({ spec, capabilities, passes, aliases, late });
}
