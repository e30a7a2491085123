import { clearScreenDown, moveCursor, cursorTo } from "node:readline";

import type { Io } from "../io";

/** Lines at the end of the screen that are replaced by the next ones; the last ones stay. */
export class LiveArea {
    private height = 0;

    constructor(private readonly io: Pick<Io, "stdout" | "columns">) {}

    show(lines: readonly string[]): void {
        const { stdout, columns } = this.io;
        if (this.height > 0) {
            moveCursor(stdout, 0, -this.height);
            cursorTo(stdout, 0);
            clearScreenDown(stdout);
        }
        for (const line of lines) stdout.write(`${line}\n`);
        // A long line takes more than one of the screen.
        this.height = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns())), 0);
    }

    end(): void {
        this.height = 0;
    }
}

/** Without what sets colours. */
const widthOf = (line: string): number => line.replace(/\u001b\[[0-9;]*m/g, "").length;
