const whole = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(Math.round(value));

/** `1.2M`: short enough for an axis. */
export const short = (value: number): string => compact.format(value);

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function elapsed(seconds: number): string {
    if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
    const all = Math.round(seconds);
    if (all < 60) return `${all} s`;
    if (all < 3600) return all % 60 === 0 ? `${all / 60} min` : `${Math.floor(all / 60)} min ${all % 60} s`;
    const [hours, minutes] = [Math.floor(all / 3600), Math.round((all % 3600) / 60)];
    return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** `1:37`, `1:02:05`: a time since the beginning, short enough for a column. */
export function clock(seconds: number): string {
    const all = Math.floor(seconds);
    const [hours, minutes] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60)];
    const two = (value: number) => String(value).padStart(2, "0");
    return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

/** `2026-11-30 13:15:18 UTC`. */
export const moment = (at: number): string =>
    new Date(at)
        .toISOString()
        .replace("T", " ")
        .replace(/\.\d+Z$/, " UTC");

/** Round numbers from 0 up to the first that is not less than `most`. */
export function ticks(most: number, wanted: number): number[] {
    if (!(most > 0)) return [0, 1];
    const rough = most / wanted;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough * (1 - 1e-9))!;
    return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, place) => place * step);
}

const timeSteps = [
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200,
    86_400,
];

/** Round times from 0 that are not more than `most`. */
export function timeTicks(most: number, wanted: number): number[] {
    const last = timeSteps.at(-1)!;
    const step = timeSteps.find((one) => one >= most / wanted) ?? Math.ceil(most / wanted / last) * last;
    return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, place) => place * step);
}
