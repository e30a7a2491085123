const form = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const most = 3650 * 86_400;

/**
 * The seconds of a duration such as `24h`, `7d` or `1h30m`: whole numbers, the largest unit first. Undefined for text in
 * another form, and for less than 1 s or more than 3,650 days.
 */
export function secondsOf(text: string): number | undefined {
    const [, days, hours, minutes, seconds] = form.exec(text) ?? [];
    const total =
        Number(days ?? 0) * 86_400 +
        Number(hours ?? 0) * 3600 +
        Number(minutes ?? 0) * 60 +
        Number(seconds ?? 0);
    return total >= 1 && total <= most ? total : undefined;
}
