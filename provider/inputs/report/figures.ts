const whole = new Intl.NumberFormat("en-US");

/** A number in a sentence: `10,000`. A value of the program stands as the program writes it. */
export function countText(count: number): string {
    return whole.format(count);
}

/** `10,000 rows`, `1 row`; `all rows` where the number is unknown. */
export function rowsText(rows: number | undefined): string {
    if (rows === undefined) return "all rows";
    return `${whole.format(rows)} ${rows === 1 ? "row" : "rows"}`;
}

/** A size in bytes with at least two significant digits: `120 MB`, `1.2 GB`. */
export function bytesText(bytes: number): string {
    const units = ["B", "kB", "MB", "GB", "TB"];
    const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
    const size = bytes / 1000 ** step;
    return `${size < 10 && step > 0 ? size.toFixed(1) : whole.format(Math.round(size))} ${units[step]}`;
}

/** A duration in seconds, rounded: `8 s`, `3 min`, `2.5 h`. */
export function timeText(seconds: number): string {
    if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
    if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
    const hours = seconds / 3600;
    return `${hours < 10 ? hours.toFixed(1) : whole.format(Math.round(hours))} h`;
}

/** A value as a program writes it, shortened to 40 characters. */
export function valueText(value: unknown): string {
    if (value === undefined) return "none";
    const text = JSON.stringify(value);
    return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}
