import { describeCollection } from "../../milvus/collection/collections";
import { compileColumns } from "../../wire";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { targetOnlyColumns, wireColumns } from "../read/wireColumns";
import type { ComparePair } from "../verify/mergeJoin";
import type { Range } from "../keys/keyRanges";
import type { Report } from "../report";
import { pageBytes, readSource, readTarget, type Endpoint, workersOn } from "../read/endpoint";
import type { BaselineFolder } from "./baselineFolder";
import { layoutOf } from "../baseline/baselineLayout";
import type { MergePass } from "./mergeRange";
import { rowMaker } from "./rowMaker";
import { RowWriter } from "./rowWriter";

/** The inputs of passes that keep two collections identical. */
export interface Passes {
    source: Endpoint;
    target: Endpoint;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /**
     * How many older versions of keys the source counts; undefined if that is unknown. A query returns one version of a key, and
     * Milvus 2.3 not always the same one (measured).
     */
    duplicates?: number | undefined;
    /** Ranges that together cover each key exactly once. */
    ranges: readonly Range[];
    batchBytes: number;
    folder: BaselineFolder;
    report: Report;
    /** The version of the transform module that computed the rows of the target; undefined without a transform. */
    moduleVersion?: string | undefined;
    /**
     * Runs before each write until the switch. Fails if another run works on the target: this run would undo the writes
     * of its clients.
     */
    confirm?: (() => Promise<void>) | undefined;
}

/** Opens both sides: how each range is read now, and how the target is written to. */
export async function openPasses(passes: Passes): Promise<{
    workers: number;
    lite: boolean;
    /** Whether rows of the source expire (TTL). */
    expires: boolean;
    of: (range: Range) => { comparePair: ComparePair; writer: RowWriter; own: MergePass["own"] };
}> {
    const { mapping, target, batchBytes } = passes;
    const layout = layoutOf(mapping);
    const isComputed = mapping.transform !== undefined;
    const [from, to, expires] = await Promise.all([
        readSource(passes.source, mapping, isComputed),
        readTarget(target, mapping, isComputed),
        hasTtl(passes.source),
    ]);
    const workers = workersOn(passes.source);
    const { lite } = target.capabilities;
    const key = mapping.columns.find(({ to: field }) => field.isPrimaryKey)?.to;
    const writer = new RowWriter(target, {
        key: mapping.key.to,
        autoId: key?.autoId ?? false,
        isDynamic: to.fields.includes("$meta") || mapping.targetOnly?.dynamic === true,
        batchBytes,
        lineBreaks: to.lineBreaks,
        targetOnly: targetOnlyColumns(mapping),
        confirm: passes.confirm,
    });
    const own = layout.ownTarget
        ? { layout, maker: rowMaker(mapping, from.key, passes.moduleVersion) }
        : undefined;
    const of = ({ partition }: Range) => ({
        writer,
        own,
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
