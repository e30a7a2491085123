import { capabilities } from "../observe/capabilities";
import { compileColumns } from "../milvus/wire";
import type { PartitionMapping, RowMapping } from "../plan/mapping";
import { keptColumns, wireColumns } from "../step/columns";
import type { Sides } from "../step/join";
import type { Range } from "../step/ranges";
import type { Report } from "../step/report";
import { readSource, readTarget, type Side, workersOn } from "../step/sides";
import { Writer } from "../step/writer";
import type { BaseFolder } from "./baseFolder";

/** What passes over two collections that should be alike go by. */
export interface Passes {
    source: Side;
    target: Side;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** Ranges of keys that together are all keys, each once. */
    ranges: readonly Range[];
    batchBytes: number;
    folder: BaseFolder;
    report: Report;
}

/** How each range is read on both sides as they are at this moment, and how the target is written to. */
export async function openSides(passes: Passes): Promise<{
    workers: number;
    lite: boolean;
    of: (range: Range) => { sides: Sides; writer: Writer };
}> {
    const { mapping, target, batchBytes } = passes;
    const [from, to, workers, { lite }] = await Promise.all([
        readSource(passes.source, mapping),
        readTarget(target, mapping),
        workersOn(passes.source.client),
        capabilities(target.client),
    ]);
    const key = mapping.columns.find(({ to: field }) => field.isPrimaryKey)?.to;
    const writer = new Writer(target, {
        key: mapping.key.to,
        autoId: key?.autoId ?? false,
        batchBytes,
        lineBreaks: to.lineBreaks,
        kept: keptColumns(mapping),
    });
    const of = ({ partition }: Range) => ({
        writer,
        sides: {
            source: { ...from, partition },
            target: { ...to, partition },
            map: compileColumns(wireColumns(mapping)),
            key: mapping.key.to,
            batchBytes: batchBytes / workers,
        },
    });
    return { workers, lite, of };
}
