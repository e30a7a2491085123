import { setTimeout as delay } from "node:timers/promises";

import type { Connected } from "../connection/withServer";
import type { Io } from "../io";
import { LiveArea } from "../output/liveArea";
import type { Output } from "../output/output";
import { readStatus } from "./overview";
import type { MigrationStatus, Status } from "./result";
import { migrationLines, phaseText } from "./text";

/** Checkpoints are saved every three seconds. */
const EVERY_MS = 2_000;

/**
 * Shows the migrations until none is under way, or until Ctrl-C: live on a terminal, else a line for each change, or an event
 * for scripts. Returns the last status.
 */
export async function watch(io: Io, output: Output, connected: Connected): Promise<Status> {
    const stopped = new AbortController();
    const release = io.onInterrupt(() => stopped.abort());
    const show = io.isTerminal && !output.isJson ? live(io, output) : lineByLine(output);
    try {
        for (;;) {
            const status = await readStatus(connected);
            show.next(status.migrations);
            if (status.migrations.length === 0 || stopped.signal.aborted) return status;
            await delay(EVERY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
        }
    } finally {
        show.end();
        release();
    }
}

interface Shown {
    next: (migrations: readonly MigrationStatus[]) => void;
    end: () => void;
}

function live(io: Io, output: Output): Shown {
    const area = new LiveArea(io);
    return {
        next: (migrations) =>
            area.show(
                migrations.flatMap((one) => [
                    ...migrationLines(one, output.style),
                    ...(one.phase === "copying" ? [`    ${barOf(one, io.columns() - 5, output)}`] : []),
                ]),
            ),
        end: () => area.end(),
    };
}

const widest = 60;

function barOf({ rows, total }: MigrationStatus, room: number, { style }: Output): string {
    const width = Math.max(1, Math.min(widest, room));
    const full = Math.round((total === 0 ? 1 : rows / total) * width);
    return `${style.cyan("█".repeat(full))}${style.dim("░".repeat(width - full))}`;
}

function lineByLine(output: Output): Shown {
    const before = new Map<string, string>();
    return {
        next: (migrations) => {
            for (const one of migrations) {
                const text = `${one.from} → ${one.to}: ${phaseText(one, output.style)}`;
                if (before.get(one.to) !== text) {
                    output.line(text);
                    output.event({ kind: "migration", ...one });
                }
                before.set(one.to, text);
            }
        },
        end: () => undefined,
    };
}
