import { countText } from "../../provider/inputs/report/figures";
import { duration } from "../../provider/migration/progressPrinter";
import type { Progress } from "../../provider/migration/report";
import type { Style } from "./output";

/** What a live bar shows. */
export interface BarState extends Omit<Progress, "step"> {
    name: string;
    /** A step of a migration, or rows that an application inserts. */
    step: Progress["step"] | "insert";
    /** Since the step began. */
    seconds: number;
    columns: number;
    style: Style;
}

const longestName = 24;
const [shortestBar, longestBar] = [10, 40];

/**
 * `docs  copy  ██████░░░░  45 %  12,345 of 27,000 rows  3,210 rows/s  5 s left`, in one line of the terminal: what matters
 * least goes first where there is no room, and the bar takes what is left.
 */
export function barLine({ name, step, done, total, seconds, columns, style }: BarState): string {
    const all = Math.max(done, total);
    const share = all > 0 ? done / all : 0;
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    const head = `${shortened(name)}  ${step}`;
    const figures = step === "load" ? [] : figuresOf(done, all, seconds);
    // The last column stays free: some terminals begin a new line there.
    const room = (parts: string[]) => columns - 1 - [head, percent, ...parts].join("  ").length - 2;
    while (figures.length > 0 && room(figures) < shortestBar) figures.pop();
    const width = Math.min(longestBar, room(figures));
    if (width < shortestBar) return `${head} ${percent}`.slice(0, Math.max(0, columns - 1));
    const full = Math.round(share * width);
    const drawn = `${style.cyan("█".repeat(full))}${style.dim("░".repeat(width - full))}`;
    return [head, drawn, percent, ...figures].join("  ");
}

const shortened = (name: string): string =>
    name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;

/** The most important first. */
function figuresOf(done: number, all: number, seconds: number): string[] {
    const rate = seconds > 0 ? done / seconds : 0;
    const rows = `${countText(done)} of ${countText(all)} rows`;
    if (rate <= 0) return [rows];
    const speed = `${countText(Math.round(rate))} rows/s`;
    return done < all ? [rows, speed, `${duration((all - done) / rate)} left`] : [rows, speed];
}
