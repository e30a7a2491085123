import { countText } from "../inputs/report/figures";
import type { Progress, Report } from "./report";

const EVERY_MS = 3_000;
const WARNING = "warning: ";
const words: Record<Progress["step"], string> = {
    copy: "copied",
    fill: "filled",
    verify: "verified",
    index: "indexed",
    load: "loaded",
};

/** Prints each line at once, and progress every few seconds: rows done of all, rows per second, time left. */
export function progressPrinter(
    name: string,
    print: (line: string, kind?: "status") => void,
    now: () => number = Date.now,
): Report {
    let step: Progress["step"] | undefined;
    let started = 0;
    let printed = 0;
    return {
        // The severity stands before the name: see messageOf.
        say: (line) => {
            const isWarning = line.startsWith(WARNING);
            print(`${isWarning ? WARNING : ""}${name}: ${isWarning ? line.slice(WARNING.length) : line}`);
        },
        progress: (progress) => {
            if (progress.step !== step) {
                step = progress.step;
                started = printed = now();
            }
            const finished = progress.done >= progress.total && progress.done > 0;
            const due = now() - printed >= EVERY_MS;
            // A short copy or verification prints one line at its end; a short load or index build prints nothing.
            if (!due && !(finished && step !== "index" && step !== "load")) return;
            printed = now();
            // The end of a copy or verification stays; what comes before is progress.
            print(
                `${name}: ${sentence(progress, (now() - started) / 1000)}`,
                finished ? undefined : "status",
            );
        },
    };
}

/** `copied 12 of 27 rows, 3 rows/s, 5 s left`. */
function sentence({ step, done, total }: Progress, seconds: number): string {
    if (step === "load") return `loaded ${done} %`;
    const all = Math.max(done, total);
    const rate = seconds > 0 ? done / seconds : 0;
    const left = rate > 0 && done < all ? `, ${duration((all - done) / rate)} left` : "";
    return `${words[step]} ${countText(done)} of ${countText(all)} rows${rate > 0 ? `, ${countText(Math.round(rate))} rows/s` : ""}${left}`;
}

export function duration(seconds: number): string {
    if (seconds < 60) return `${Math.ceil(seconds)} s`;
    if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
    return `${(seconds / 3600).toFixed(1)} h`;
}
