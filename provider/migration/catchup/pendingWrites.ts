import { type Key, keyAt, selectRows } from "../../wire";
import type { Block } from "../read/blockReader";
import type { RowWriter } from "./rowWriter";

/** The rows and keys of one partition that a pass has to correct, collected until they are sent. */
export class PendingWrites {
    private readonly rows = new Map<Block, number[]>();
    private readonly gone: Key[] = [];

    put(block: Block, row: number): void {
        const there = this.rows.get(block);
        if (there) there.push(row);
        else this.rows.set(block, [row]);
    }

    remove(key: Key): void {
        this.gone.push(key);
    }

    /** Sends everything collected, and clears it. No key is both put and removed. */
    async send(writer: RowWriter, partition: string | undefined): Promise<void> {
        await writer.remove(this.gone.splice(0), partition);
        const rows = [...this.rows];
        this.rows.clear();
        for (const [block, chosen] of rows)
            await writer.put(
                selectRows(block.columns, chosen),
                chosen.map((row) => keyAt(block.keys, row)),
                partition,
            );
    }
}
