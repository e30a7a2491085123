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
    of: (range: Range) => { comparePair: ComparePair; writer: RowWriter };
}> {
    const { mapping, target, batchBytes } = passes;
    const [from, to, expires] = await Promise.all([
        readSource(passes.source, mapping),
        readTarget(target, mapping),
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
