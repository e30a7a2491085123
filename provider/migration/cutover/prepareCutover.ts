import { listAliases } from "../../milvus/aliases";
import type { Capabilities, Stamp } from "../../observe/state";
import type { Collection } from "../../inputs/collection";
import { withKeysOpen } from "../lifecycle/create";
import { nameHashes } from "../properties/baselineId";
import { BaseFolder } from "../catchup/baselineFolder";
import { catchUp } from "../catchup/syncPasses";
import { type Handover, onlineHandover } from "./cutover";
import { bringPartitions } from "../catchup/newPartitions";
import type { Passes } from "../catchup/passContext";
import { splitTails } from "../catchup/tailRanges";

export interface Follow extends Omit<Passes, "folder"> {
    spec: Collection;
    capabilities: Capabilities;
    /** The target's. */
    stamp: Stamp;
    /** The source's. */
    generation: string;
    /** Rows that the target should hold, about. */
    expected: number;
}

/** Makes the target what the source is, whatever is written meanwhile, and returns how to go on to the hand-over. */
export async function follow(given: Follow): Promise<Handover> {
    const { spec, capabilities, stamp, generation, expected, ...common } = given;
    const { target, mapping } = common;
    const { owner, generation: to } = stamp;
    const ranges = common.ranges.map((range) => ({ ...range }));
    const folder = await BaseFolder.create({ owner, from: generation, mapping });
    const passes: Passes = { ...common, ranges, folder };
    await bringPartitions(passes);
    const { late, last } = await withKeysOpen(target.client, target.ref, spec, capabilities, () =>
        catchUp(passes, expected),
    );
    // Whoever works on the target later takes a lease of its own.
    passes.confirm = undefined;
    passes.ranges = await splitTails(passes.ranges, last, folder);
    const { partitions } = passes;
    const hashes = capabilities.alterProperties ? await nameHashes(target.client, target.ref) : undefined;
    await folder.complete({
        owner,
        from: generation,
        to,
        hashes,
        mapping,
        partitions,
        ranges: passes.ranges,
    });
    const aliases = await listAliases(passes.source.client, passes.source.ref);
    return onlineHandover({ spec, capabilities, passes, aliases, late });
}
