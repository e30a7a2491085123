import { countText, rowsText } from "../../inputs/report/figures";
import { sendInsert, sendKeyless } from "../../milvus/rows/inserts";
import { countDuplicateKeys, rejectUnreadableKeys } from "./duplicateKeys";
import type { PageSource } from "../../milvus/rows/pages";
import { type Column, compileColumns, insertRequests, keyAt, type Keys, type Page } from "../../wire";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { transformColumns, wireColumns } from "../read/wireColumns";
import { RunError } from "../errors";
import type { Report } from "../report";
import { type Checkpoint, firstCheckpoint } from "../properties/checkpoint";
import { rateLimit, rowsOfSecond } from "./rateLimit";
import { sourceHashesOf } from "../baseline/rowHashes";
import type { CopyRecord } from "./copyRecord";
import { type SentKeys, unsent } from "./resume";
import { sendRows } from "./sendRows";
import { mapNamed } from "../read/mapNamed";
import { type KeyedPage, readRange } from "../read/readRange";
import type { Range } from "../keys/keyRanges";
import { rangesOf, scheduleRanges } from "./scheduler";
import { loadTransform } from "../transform/transform";
import {
    countCarried,
    pageBytes,
    readSource,
    type Endpoint,
    partitionsToRead,
    workersOn,
} from "../read/endpoint";

export interface Copy {
    source: Endpoint;
    target: Endpoint;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** The maximum size of one insert in bytes. */
    batchBytes: number;
    maxRowsPerSecond?: number | undefined;
    /** True if later passes carry over the writes made during the migration: the copy need not keep up with them. */
    followed: boolean;
    /** The checkpoint to resume from; undefined for a new copy. */
    from?: Checkpoint;
    /** The keys that an interrupted run sent after that checkpoint. */
    sent?: SentKeys;
    /** Runs before each insert and before the progress is saved. Fails if another run has taken over the copy. */
    confirm?: (() => Promise<void>) | undefined;
    /** Receives what is made of each row, if the catch-up needs it. */
    record?: CopyRecord | undefined;
    /** Called after each batch; saves the checkpoint when it is due. */
    save?: (checkpoint: () => Checkpoint) => Promise<void> | undefined;
    report: Report;
}

/** The result of a complete copy. */
export interface Copied {
    /** The number of copied rows; duplicates of a key count once. */
    rows: number;
    /** Older versions of duplicate keys: the source counts them, and no query returns them. */
    duplicates: number;
    /** The ranges in which the rows were read. */
    ranges: readonly Range[];
}

/**
 * Copies every row of the source: several ranges of keys at once, each in key order. While a page is inserted, the next
 * one is read. Values stay in their wire encoding. An interrupted copy resumes at its checkpoint; rows that were sent
 * after the checkpoint are not sent again. Errors: `MV309`, `MV317`, `MV336`.
 */
export async function copyRows(copy: Copy): Promise<Copied> {
    const { mapping } = copy;
    const { rows, ranges } = await copyRanges(copy);
    const source = await readSource(copy.source, mapping, mapping.transform !== undefined);
    const [counted] = await Promise.all([
        countCarried(copy.source, copy.partitions),
        copy.followed && rejectUnreadableKeys({ ...source, partition: undefined }, mapping.key.dataType),
    ]);
    const duplicates = counted > rows ? await explainShortfall(copy, source, rows, counted) : 0;
    return { rows, duplicates, ranges };
}

/**
 * Copies the rows of the ranges of a checkpoint, which may be a part of the source. Whether rows of the source are missing
 * shows only once all parts are copied. Errors: `MV309`.
 */
export async function copyRanges(copy: Copy): Promise<Omit<Copied, "duplicates">> {
    const { mapping, from = firstCheckpoint("", partitionsToRead(copy.partitions)) } = copy;
    const map = await mapperOf(mapping);
    const source = await readSource(copy.source, mapping, mapping.transform !== undefined);
    const whole = partitionsToRead(copy.partitions).length === 1 && !isLeavingOut(copy.partitions);
    const { ranges, left } = await rangesOf(source, mapping.key.dataType, from.ranges, whole);
    const workers = workersOn(copy.source);
    const throttle = rateLimit(copy.maxRowsPerSecond);
    const mostRows = rowsOfSecond(copy.maxRowsPerSecond, workers);
    let { rows } = from;
    await scheduleRanges(ranges, workers, async (range, stopped) => {
        const { partition } = range;
        for await (const read of readRange(
            { ...source, partition },
            range,
            pageBytes(copy.batchBytes, workers),
            { followed: copy.followed, mostRows },
        )) {
            if (stopped()) return;
            const fresh = unsent(read, source.key, copy.sent?.get(partition));
            await copyPage(copy, map, range, read, fresh);
            await copy.confirm?.();
            range.copied = keyAt(read.keys, read.keys.count - 1);
            rows += read.page.rows;
            copy.report.progress({ step: "copy", done: rows, total: from.rows + left });
            await copy.save?.(() => ({ plan: from.plan, ranges: ranges.all, rows }));
            await throttle(fresh?.page.rows ?? 0);
        }
    });
    return { rows, ranges: ranges.all };
}

function isLeavingOut(partitions: PartitionMapping): boolean {
    return partitions.kind === "by-name" && partitions.dropped.length > 0;
}

type Mapper = (page: Page, keys: Keys) => Promise<Column[]>;

/** Maps a page in wire encoding, and lets the program's transform compute its columns. */
async function mapperOf(mapping: RowMapping): Promise<Mapper> {
    const map = compileColumns(wireColumns(mapping));
    if (!mapping.transform) return (page, keys) => Promise.resolve(mapNamed(map, page, keys));
    const transform = await loadTransform({ ...mapping.transform, columns: transformColumns(mapping) });
    return async (page, keys) => [...mapNamed(map, page, keys), ...(await transform(page, keys))];
}

/**
 * Explains why a source counts more rows than were read, so that it is not dropped unchecked. Returns how many older
 * versions of keys it has. Errors: `MV336` if these do not account for all missing rows, and no later pass carries them
 * over.
 */
async function explainShortfall(
    { source, partitions, followed, report }: Copy,
    reader: Omit<PageSource, "partition">,
    copied: number,
    counted: number,
): Promise<number> {
    // While clients write, counts tell little, and a later pass carries over what they write.
    if (followed && (await countCarried(source, partitions)) !== counted) return 0;
    report.say(
        `${source.ref.name} counts ${rowsText(counted)}, but queries return ${countText(copied)}; looking for duplicate keys`,
    );
    let duplicates = 0;
    for (const partition of partitionsToRead(partitions))
        duplicates += await countDuplicateKeys({ ...reader, partition });
    if (!followed && copied + duplicates !== counted)
        throw new RunError(
            "MV336",
            `${source.ref.name}: counts ${rowsText(counted)}, of which ${countText(copied)} were copied and ${countText(duplicates)} are older versions of a key. ` +
                `Nothing was switched, and ${source.ref.name} keeps serving. Pause the writers and run \`pulumi up\` again`,
        );
    report.say(
        `${countText(duplicates)} rows are older versions of a key, which queries do not return; every row that queries return was copied`,
    );
    return duplicates;
}

/** Sends the rows of a page that are not in the copy yet, and records what was made of them. */
async function copyPage(
    copy: Copy,
    map: Mapper,
    range: Range,
    { keys: all }: KeyedPage,
    fresh: KeyedPage | undefined,
): Promise<void> {
    const { record, mapping } = copy;
    if (!fresh) return record?.append(range, all, undefined);
    const { page, keys } = fresh;
    const columns = await map(page, keys);
    const copied = { keys, source: record && sourceHashesOf(mapping, page, columns), columns };
    // A row that is sent without a record would be made again. New keys are known only afterwards.
    const isKnown = !mapping.key.regenerate;
    if (isKnown) await record?.append(range, all, { ...copied, newKeys: undefined });
    const newKeys = await insertPage(copy, columns, range.partition, fresh);
    if (!isKnown) await record?.append(range, all, { ...copied, newKeys });
}

/** Returns the new keys, if the record needs them. */
async function insertPage(
    { target, batchBytes, confirm, record, mapping }: Copy,
    columns: readonly Column[],
    partition: string | undefined,
    { page, keys }: KeyedPage,
): Promise<bigint[]> {
    const { client, ref } = target;
    const to = {
        dbName: ref.database ?? client.database,
        collectionName: ref.name,
        ...(partition !== undefined && { partitionName: partition }),
    };
    const newKeys: bigint[] = [];
    for (const batch of insertRequests(to, columns, page.rows, batchBytes)) {
        await confirm?.();
        const sending = {
            client,
            collection: ref.name,
            columns,
            rows: page.rows,
            keyOf: (row: number) => keyAt(keys, row),
        };
        if (record && mapping.key.regenerate) newKeys.push(...(await sendRows(sendKeyless, batch, sending)));
        else await sendRows(sendInsert, batch, sending);
    }
    return newKeys;
}
