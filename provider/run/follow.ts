import type { Capabilities, Stamp } from "../observe/state";
import type { Collection } from "../spec/collection";
import { withKeysOpen } from "../step/create";
import { BaseFolder } from "./baseFolder";
import { catchUp } from "./catchUp";
import { type Handover, onlineHandover } from "./handover";
import type { Passes } from "./passes";
import { splitTails } from "./tails";

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
    const { target, mapping, partitions } = common;
    const { owner, generation: to } = stamp;
    const ranges = common.ranges.map((range) => ({ ...range }));
    const folder = await BaseFolder.create({ owner, from: generation, mapping });
    const passes: Passes = { ...common, ranges, folder };
    const { late, last } = await withKeysOpen(target.client, target.ref, spec, capabilities, () =>
        catchUp(passes, expected),
    );
    const split = await splitTails(ranges, last, folder);
    await folder.complete({ owner, from: generation, to, mapping, partitions, ranges: split });
    return onlineHandover({ spec, capabilities, passes: { ...passes, ranges: split }, late });
}
