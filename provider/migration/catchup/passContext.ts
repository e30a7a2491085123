import { capabilities } from "../../observe/capabilities";
import { describeCollection } from "../../milvus/collection/collections";
import { compileColumns } from "../../wire";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { targetOnlyColumns, wireColumns } from "../read/wireColumns";
import type { ComparePair } from "../verify/mergeJoin";
import type { Range } from "../keys/keyRanges";
import type { Report } from "../report";
import { pageBytes, readSource, readTarget, type Endpoint, workersOn } from "../read/endpoint";
import { RowWriter } from "./rowWriter";
import type { BaselineFolder } from "./baselineFolder";

/** What passes over two collections that should be alike go by. */
export interface Passes {
    source: Endpoint;
    target: Endpoint;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** Ranges of keys that together are all keys, each once. */
    ranges: readonly Range[];
    batchBytes: number;
    folder: BaselineFolder;
    report: Report;
    /** Before the switch: fails where another run is at work on the target, whose clients' writes this one would undo. */
    confirm?: (() => Promise<void>) | undefined;
}

/** How each range is read on both sides as they are at this moment, and how the target is written to. */
export async function openPasses(passes: Passes): Promise<{
    workers: number;
    lite: boolean;
    /** Whether rows of the source go by themselves when they are old enough. */
    expires: boolean;
    of: (range: Range) => { comparePair: ComparePair; writer: RowWriter };
}> {
    const { mapping, target, batchBytes } = passes;
    const [from, to, workers, expires, { lite }] = await Promise.all([
        readSource(passes.source, mapping),
        readTarget(target, mapping),
        workersOn(passes.source.client),
        hasTtl(passes.source),
        capabilities(target.client),
    ]);
    const key = mapping.columns.find(({ to: field }) => field.isPrimaryKey)?.to;
    const writer = new RowWriter(target, {
        key: mapping.key.to,
        autoId: key?.autoId ?? false,
        batchBytes,
        lineBreaks: to.lineBreaks,
        targetOnly: targetOnlyColumns(mapping),
        confirm: passes.confirm,
    });
    const of = ({ partition }: Range) => ({
        writer,
        comparePair: {
            source: { ...from, partition },
            target: { ...to, partition },
            map: compileColumns(wireColumns(mapping)),
            key: mapping.key.to,
            batchBytes: pageBytes(batchBytes, workers),
        },
    });
    return { workers, lite, expires, of };
}

async function hasTtl({ client, ref }: Endpoint): Promise<boolean> {
    const described = await describeCollection(client, ref);
    return Number(described?.properties["collection.ttl.seconds"] ?? 0) > 0;
}
