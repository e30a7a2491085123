import { countText } from "../../inputs/report/figures";
import { duration } from "../../migration/progressPrinter";
import type { Standing } from "./standing";

const command = "`npx pulumi-milvus work`";

/** What a preview says of a detached migration that has not begun. */
export const notBegunText = (switchBy: "up" | "worker"): string =>
    `detached: \`pulumi up\` creates the new collection and ends; ${command} copies the rows, then ${nextStep(switchBy)}`;

const nextStep = (switchBy: "up" | "worker"): string =>
    switchBy === "worker" ? "switches" : "the next `pulumi up` switches";

/** Where a detached migration stands, and what to run. */
export function standingText(at: Standing): string {
    const { collection, phase, switchBy } = at;
    switch (phase) {
        case "waiting":
            return `detached: ${collection} waits for a worker: run ${command}, on any machine. It copies the rows, then ${nextStep(switchBy)}`;
        case "ready":
            return switchBy === "worker"
                ? `detached: ${collection} is ready, and ${command} switches to it`
                : `detached: ${collection} is ready: \`pulumi up\` carries over the writes made since, and switches to it`;
        case "failed":
            return `warning: detached: the worker of ${collection} failed: ${at.error ?? "it did not say why"}. Once the reason is mended, ${command} goes on; \`npx pulumi-milvus abort\` gives the copy up`;
        default:
            return `detached: ${collection} ${progressText(at)}; ${workerText(at)}`;
    }
}

function progressText({ phase, rows, total, rowsPerSecond, isPaused }: Standing): string {
    if (phase === "indexing") return "has all rows, and builds its indexes";
    if (phase === "verifying") return "has all rows, and is verified";
    const share =
        total === undefined || total === 0
            ? ""
            : ` of ${countText(total)} rows (${Math.floor((rows / total) * 100)} %)`;
    const rate = rowsPerSecond === undefined ? "" : `, ${countText(rowsPerSecond)} rows/s`;
    const left =
        rowsPerSecond && total !== undefined ? `, ${duration((total - rows) / rowsPerSecond)} left` : "";
    return `has ${countText(rows)}${share === "" ? " rows" : share}${rate}${left}${isPaused ? ", and is paused" : ""}`;
}

function workerText({ worker, quietSeconds, isPaused }: Standing): string {
    const since =
        quietSeconds === undefined ? "" : `, and nothing was recorded for ${duration(quietSeconds)}`;
    if (!worker) return `no worker is at work${since}: run ${command}, which goes on from there`;
    const resume = isPaused ? "; `npx pulumi-milvus resume` lets it go on" : "";
    return `process ${worker.pid} on ${worker.machine} is at work${since}${resume}`;
}
