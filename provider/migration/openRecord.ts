import { rowsText } from "../inputs/report/figures";
import { followsWrites } from "../plan/mapping/onlineWrites";
import { layoutOf } from "./baseline/baselineLayout";
import { CopyRecord } from "./copy/copyRecord";
import type { Migration } from "./migration";
import type { Endpoint } from "./read/endpoint";

/**
 * The record of what the copy makes of each row, if the catch-up needs one. That of an interrupted run is continued
 * where it is on this machine; otherwise the catch-up makes the rows again.
 */
export async function openRecord(migration: Migration, { ref }: Endpoint): Promise<CopyRecord | undefined> {
    const { mapping, marker, source, target, resumed, report } = migration;
    if (!followsWrites(target.spec, mapping) || !layoutOf(mapping).ownTarget) return undefined;
    const copy = { owner: marker.owner, from: source.generation, to: marker.generation, mapping };
    const found = resumed && (await CopyRecord.find(copy));
    if (found) return found;
    if (resumed && resumed.rows > 0)
        report.say(
            `${ref.name}: this machine has no record of the ${rowsText(resumed.rows)} copied before; after the copy the transform is asked for them again`,
        );
    return CopyRecord.create(copy);
}
