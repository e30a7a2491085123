import { rowsText } from "../../inputs/report/figures";
import { appendTo } from "../../inputs/values/appendTo";
import { columnOf, hashRows, keyAt } from "../../wire";
import { RunError } from "../errors";
import { keyText } from "../keys/keyText";
import type { Report } from "../report";
import { fullRanges, pageBytes, readTarget } from "../read/endpoint";
import { readRange } from "../read/readRange";
import { hashText, type HashText } from "../read/rowHash";
import type { Passes } from "./passContext";
import type { SentRow, Stored, WriteJournal } from "./writeJournal";

/** A row that the target holds: its hash without the key, and with it. */
interface Found {
    value: HashText;
    hash: HashText;
}

/**
 * Looks up the inserts of interrupted passes whose answers were lost: the server generated their keys, so only their
 * values find them. Reads the whole target if there are any. Errors: `MV397` if more rows have these values than were
 * sent: a client may have inserted the same row.
 */
export async function settleInserts(passes: Passes, exclusive: boolean): Promise<void> {
    const { ranges, folder, source, target } = passes;
    const journals: WriteJournal[] = [];
    for (const place of ranges.keys()) journals.push(await folder.journal(place));
    const open = journals.flatMap((journal) => {
        const { unsettled: rows } = journal;
        return rows.length > 0 ? [{ journal, rows }] : [];
    });
    if (open.length === 0) return;
    const sent = new Map<HashText, SentRow[]>();
    for (const { rows } of open) for (const row of rows) appendTo(sent, row.value!, row);
    const found = await rowsWith(passes, sent);
    // Rows that other passes have sent may have the same values.
    for (const { all } of journals)
        for (const { newKey } of all) if (newKey !== undefined) found.delete(newKey);
    for (const place of ranges.keys()) {
        const baseline = await folder.read(place);
        for (; baseline.ready || (await baseline.fill()); baseline.next()) found.delete(baseline.newKey()!);
        await baseline.close();
    }
    const stored = new Map<HashText, Stored[]>();
    for (const [newKey, { value, hash }] of found) appendTo(stored, value, { newKey, hash });
    for (const [value, rows] of stored)
        if (rows.length > sent.get(value)!.length)
            throw ambiguous(source.ref.name, target.ref.name, sent.get(value)!, rows.length);
    const lost: SentRow[] = [];
    for (const { journal, rows } of open)
        await journal.settle(
            rows,
            rows.map((row) => {
                const one = stored.get(row.value!)?.pop();
                if (!one) lost.push(row);
                return one ?? { hash: undefined, newKey: undefined };
            }),
        );
    if (lost.length > 0 && !exclusive) reportLost(passes.report, target.ref.name, lost);
}

/** Before the cutover nobody else writes to the target, and a row that is not there was not inserted. */
function reportLost(report: Report, target: string, lost: readonly SentRow[]): void {
    report.say(
        `warning: ${rowsText(lost.length)} inserted again (${keysText(lost)}), because an interrupted run may not have inserted them; ` +
            `if a client has changed or deleted one of them in ${target} since then, its older version is there again: delete it`,
    );
}

function keysText(rows: readonly SentRow[]): string {
    const first = rows.slice(0, 5).map(({ key }) => keyText(key));
    return first.join(", ") + (rows.length > first.length ? ", ..." : "");
}

/** The rows of the target with these values, by their keys. */
async function rowsWith(
    { target, mapping, partitions, batchBytes }: Passes,
    values: ReadonlyMap<HashText, unknown>,
): Promise<Map<bigint, Found>> {
    const reader = await readTarget(target, mapping, true);
    const { key } = reader;
    const found = new Map<bigint, Found>();
    for (const range of fullRanges(partitions, 0))
        for await (const { page, keys } of readRange(
            { ...reader, partition: range.partition },
            range,
            pageBytes(batchBytes, 1),
        )) {
            const columns = reader.fields.map((name) => columnOf(page, name));
            const hashes = hashRows(columns, page.rows, new Set([key]));
            let whole: ReturnType<typeof hashRows> | undefined;
            for (let row = 0; row < page.rows; row++) {
                const value = hashText(hashes, row);
                if (!values.has(value)) continue;
                whole ??= hashRows(columns, page.rows);
                found.set(keyAt(keys, row) as bigint, { value, hash: hashText(whole, row) });
            }
        }
    return found;
}

function ambiguous(source: string, target: string, sent: readonly SentRow[], rows: number): RunError {
    return new RunError(
        "MV397",
        `${target}: an interrupted run may have inserted ${rowsText(sent.length)} of ${source} (${keysText(sent)}), and the values are those of ${rowsText(rows)}. ` +
            `A client may have inserted the same rows. Both collections are kept. Compare these rows, drop ${source} by hand, and run \`pulumi refresh\``,
    );
}
