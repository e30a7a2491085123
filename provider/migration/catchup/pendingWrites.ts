import { appendTo } from "../../inputs/values/appendTo";
import { type Column, type Key, keyAt, type Keys, selectRows } from "../../wire";
import type { RowWriter } from "./rowWriter";

/** Rows in the target's columns, and their keys. */
export interface Rows {
    columns: readonly Column[];
    keys: Keys;
}

/** The rows and keys of one partition that a pass has to correct, collected until they are sent. */
export class PendingWrites {
    private readonly rows = new Map<Rows, number[]>();
    private readonly gone: Key[] = [];

    put(rows: Rows, row: number): void {
        appendTo(this.rows, rows, row);
    }

    remove(key: Key): void {
        this.gone.push(key);
    }

    /** Sends everything collected, and clears it. No key is both put and removed. */
    async send(writer: RowWriter, partition: string | undefined): Promise<void> {
        await writer.remove(this.gone.splice(0), partition);
        const rows = [...this.rows];
        this.rows.clear();
        for (const [{ columns, keys }, chosen] of rows)
            await writer.put(
                selectRows(columns, chosen),
                chosen.map((row) => keyAt(keys, row)),
                partition,
            );
    }
}
