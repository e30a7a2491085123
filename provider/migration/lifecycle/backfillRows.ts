import { countText, rowsText } from "../../inputs/report/figures";
import type { Field } from "../../inputs/schema/collection";
import { describeCollection } from "../../milvus/collection/collections";
import { listPartitions } from "../../milvus/collection/partitions";
import type { PageSource } from "../../milvus/rows/pages";
import { readPoint } from "../../milvus/rows/readPoint";
import { countRows } from "../../milvus/rows/rows";
import { lineBreaksOf } from "../../observe/reader";
import { fillOfNulls } from "../../plan/mapping/column/fill";
import type { RowMapping } from "../../plan/mapping/mapping";
import { columnOf, compileColumns, type Key, keyAt, type MapPage, selectRows } from "../../wire";
import { RunError } from "../errors";
import { keyText } from "../keys/keyText";
import { endBackfill, planOf, readBackfill, saveBackfill } from "../properties/backfillRecord";
import { type Checkpoint, firstCheckpoint, type Position, withPartitions } from "../properties/checkpoint";
import type { Endpoint } from "../read/endpoint";
import { type KeyedPage, readRange } from "../read/readRange";
import { wireColumns } from "../read/wireColumns";
import type { Report } from "../report";
import { PartialUpserts } from "./partialUpserts";

/** Keys and one value a row are small: a page holds as many rows as the server gives. */
const PAGE_BYTES = 8 * 2 ** 20;
/** The time between two checkpoints in milliseconds, as of a copy. A resumed run reads again what was filled in this time. */
const EVERY_MS = 3_000;

/** A backfill at work. */
interface Backfill {
    endpoint: Endpoint;
    fields: readonly Field[];
    source: Omit<PageSource, "partition" | "readPoint">;
    checkpoint: Checkpoint;
    total: number;
    report: Report;
    everyMs: number;
}

/**
 * Writes each row that has no value of these fields again, with their backfills, and verifies that each row has one. A row that
 * has a value keeps it. An interrupted run is resumed at its last key. Errors: `MV371`.
 */
export async function backfillRows(
    endpoint: Endpoint,
    fields: readonly Field[],
    report: Report,
    { everyMs = EVERY_MS }: { everyMs?: number } = {},
): Promise<void> {
    const { client, ref, capabilities } = endpoint;
    const described = (await describeCollection(client, ref))!;
    const isKeyed = described.fields.some(({ isPartitionKey }) => isPartitionKey);
    // The proxy looks for the rows of a partial upsert in one partition, unless a partition key says in which.
    const partitions = isKeyed ? [undefined] : await listPartitions(client, ref);
    const key = described.fields.find(({ isPrimaryKey }) => isPrimaryKey)!;
    const plan = planOf(fields);
    const begun = (await readBackfill(client, ref, plan)) ?? firstCheckpoint(plan, partitions);
    if (begun.rows > 0)
        report.say(`resuming the backfill of ${ref.name}: ${rowsText(begun.rows)} are filled`);
    const work: Backfill = {
        endpoint,
        fields,
        source: {
            client,
            ref,
            collectionId: described.collectionId,
            fields: [key.name, ...fields.map(({ name }) => name)],
            key: key.name,
            lineBreaks: lineBreaksOf(capabilities),
        },
        checkpoint: withPartitions(begun, partitions),
        total: await countRows(client, ref),
        report,
        everyMs,
    };
    await fill(work, compileColumns(wireColumns(mappingOf(key, fields))));
    await verify(work);
    await endBackfill(client, ref);
}

/** A value that a row has stays, and NULL becomes the backfill. */
function mappingOf(key: Field, fields: readonly Field[]): RowMapping {
    const { name, dataType } = key;
    return {
        columns: [
            { to: key, source: { kind: "carry", from: { ...key, isFunctionOutput: false } } },
            ...fields.map((to) => {
                const from = { ...to, isFunctionOutput: false };
                return { to, source: { kind: "carry", from, nulls: fillOfNulls(to)! } } as const;
            }),
        ],
        dropped: [],
        dynamic: "none",
        key: { from: name, to: name, dataType: dataType as "Int64" | "VarChar", regenerate: false },
    };
}

async function fill(work: Backfill, map: MapPage): Promise<void> {
    const { endpoint, fields, checkpoint, report, everyMs } = work;
    const { client, ref } = endpoint;
    const upserts = new PartialUpserts(endpoint);
    const positions = checkpoint.ranges.map((range) => ({ ...range }));
    const now = () => ({ ...checkpoint, ranges: positions });
    let saved = Date.now();
    for (const position of positions) {
        if (position.done) continue;
        for await (const { page, keys } of pagesOf(work, position)) {
            const bare = rowsWithout(page, fields);
            if (bare.length > 0) {
                const columns = map({ columns: selectRows(page.columns, bare), rows: bare.length });
                await upserts.send(columns, bare.length, position.partition);
            }
            position.copied = keyAt(keys, page.rows - 1);
            checkpoint.rows += page.rows;
            report.progress({ step: "fill", done: checkpoint.rows, total: work.total });
            if (Date.now() - saved < everyMs) continue;
            await saveBackfill(client, ref, now());
            saved = Date.now();
        }
        position.done = true;
        await saveBackfill(client, ref, now());
    }
}

/** Reads every row again. A row that clients have written since begins the backfill again in the next run. */
async function verify(work: Backfill): Promise<void> {
    const { endpoint, fields, checkpoint, report } = work;
    const { client, ref } = endpoint;
    let rows = 0;
    let bare = 0;
    let first: Key | undefined;
    for (const { partition } of checkpoint.ranges)
        for await (const { page, keys } of pagesOf(work, { partition, copied: undefined })) {
            const without = rowsWithout(page, fields);
            if (first === undefined && without[0] !== undefined) first = keyAt(keys, without[0]);
            bare += without.length;
            rows += page.rows;
            report.progress({ step: "verify", done: rows, total: checkpoint.rows });
        }
    if (bare === 0 && rows === checkpoint.rows) return;
    await saveBackfill(client, ref, { plan: checkpoint.plan, rows: 0, ranges: [] });
    const names = fields.map(({ name }) => name).join(" or ");
    const what =
        first === undefined
            ? `it holds ${rowsText(rows)}, and ${countText(checkpoint.rows)} were filled with ${names}`
            : `${rowsText(bare)} without a value of ${names} after the backfill, the first has the key ${keyText(first)}`;
    throw new RunError(
        "MV371",
        `${ref.name}: ${what}. Clients have written rows, though migration.writes is "paused". Pause them and run \`pulumi up\` again`,
    );
}

async function* pagesOf(
    { source, total }: Backfill,
    { partition, copied }: Pick<Position, "partition" | "copied">,
): AsyncGenerator<KeyedPage> {
    const { client } = source;
    const range = {
        partition,
        begin: copied,
        after: copied,
        upTo: undefined,
        left: total,
        copied,
        done: false,
    };
    // Each pass reads at a time of its own: the pages of one do not show what is filled meanwhile.
    const reading = { ...source, partition, readPoint: await readPoint(client), learned: {} };
    yield* readRange(reading, range, PAGE_BYTES);
}

/** The rows of a page that hold NULL in one of the fields. */
function rowsWithout(page: KeyedPage["page"], fields: readonly Field[]): number[] {
    const columns = fields.map(({ name }) => columnOf(page, name));
    const rows = Array.from({ length: page.rows }, (_, row) => row);
    return rows.filter((row) => columns.some(({ valid }) => valid?.[row] === 0));
}
