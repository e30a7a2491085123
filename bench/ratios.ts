import { limit, median, rate, type SizeResult, type StackResult, storedLimit } from "./results";

/** A ratio within one run: seconds differ between machines, ratios differ little. */
export interface Ratio {
    name: string;
    value: number;
    better: "higher" | "lower";
    /** The project's target, for 200,000 rows of 128 dimensions. */
    wanted?: number;
}

/** The ratios of a size, without those that lack a measurement. */
export function ratiosOf(size: SizeResult, lite: boolean): Ratio[] {
    const [copy, verify, follow, article, sdk] = (
        ["copy", "verify", "follow", "article", "sdk"] as const
    ).map((work) => median(size, work));
    const most = limit(size);
    const flushed = median(size, "flush");
    const mostStored = storedLimit(size);
    const ratios: (Ratio | undefined)[] = [
        copy &&
            article && {
                name: "copy, times the article's loop",
                value: rate(copy) / rate(article),
                better: "higher",
                wanted: lite ? 1.8 : 3,
            },
        copy &&
            sdk && {
                name: "copy, times the SDK's iterator and insert",
                value: rate(copy) / rate(sdk),
                better: "higher",
                ...(!lite && { wanted: 8 }),
            },
        copy && most !== undefined
            ? {
                  name: "copy, of the limit 1 / (1/read + 1/insert)",
                  value: rate(copy) / most,
                  better: "higher",
                  wanted: 0.9,
              }
            : undefined,
        copy && flushed && mostStored !== undefined
            ? {
                  name: "copy and flush, of the limit 1 / (1/read + 1/(insert and flush))",
                  value: copy.rows / (copy.seconds + flushed.seconds) / mostStored,
                  better: "higher",
              }
            : undefined,
        copy &&
            verify && {
                name: "full verification, of the copy's time",
                value: verify.seconds / copy.seconds,
                better: "lower",
                wanted: 0.6,
            },
        copy &&
            follow && {
                name: "writes followed, none made: times the copy alone",
                value: (copy.seconds + follow.seconds) / copy.seconds,
                better: "lower",
                wanted: 2,
            },
        copy &&
            article && {
                name: "client CPU of the copy, of the article's",
                value: copy.cpuSeconds / copy.rows / (article.cpuSeconds / article.rows),
                better: "lower",
            },
    ];
    return ratios.filter((ratio) => ratio !== undefined);
}

/** Time of the provider relative to the time that Pulumi needs anyway. */
export function stackRatios({ collections, provider, empty }: StackResult): Ratio[] {
    return (["preview", "up"] as const).map((operation) => ({
        name: `${operation} of ${collections} collections and aliases, times an empty provider's`,
        value: provider[operation] / empty[operation],
        better: "lower",
    }));
}
