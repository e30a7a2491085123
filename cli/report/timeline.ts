import type { Progress } from "../../provider/migration/report";
import { type Phase, phases, type RunEvent } from "./events";

/** A stretch of time in seconds since the run began. */
export interface Span {
    from: number;
    to: number;
}

export interface Lane {
    phase: Phase;
    spans: Span[];
}

export interface Sample {
    seconds: number;
    rows: number;
}

/** A run as a report shows it. */
export interface Timeline {
    /** Milliseconds since 1970. */
    began: number;
    seconds: number;
    lanes: Lane[];
    /** Rows over time of the steps that count rows. */
    copied: Sample[];
    compared: Sample[];
    verified: string[];
    outcome: "done" | "failed" | "unknown";
    failure: string | undefined;
    said: { seconds: number; text: string; isWarning: boolean }[];
}

/** Undefined where nothing happened. */
export function timelineOf(events: readonly RunEvent[]): Timeline | undefined {
    const [first] = events;
    if (!first) return undefined;
    const since = (at: number) => (at - first.at) / 1000;
    const failure = events.findLast((event) => event.kind === "failed");
    return {
        began: first.at,
        seconds: since(events.at(-1)!.at),
        lanes: lanesOf(events, since),
        copied: samplesOf(events, "copy", since),
        compared: samplesOf(events, "verify", since),
        verified: events.flatMap((event) => (event.kind === "verified" ? [event.text] : [])),
        outcome: failure ? "failed" : events.some(({ kind }) => kind === "ended") ? "done" : "unknown",
        failure: failure?.kind === "failed" ? failure.message : undefined,
        said: events.flatMap((event) =>
            "text" in event
                ? [
                      {
                          seconds: since(event.at),
                          text: event.text.replace(/^warning: /, ""),
                          isWarning: event.text.startsWith("warning: "),
                      },
                  ]
                : [],
        ),
    };
}

/** Phases without a stretch of time are left out. */
function lanesOf(events: readonly RunEvent[], since: (at: number) => number): Lane[] {
    const begun = events.flatMap((event) => (event.kind === "phase" ? [event] : []));
    const end = since(events.at(-1)!.at);
    const spans = begun.map(({ at, phase }, place) => ({
        phase,
        from: since(at),
        to: place + 1 < begun.length ? since(begun[place + 1]!.at) : end,
    }));
    return phases
        .map((phase) => ({
            phase,
            spans: spans.filter((span) => span.phase === phase && span.to > span.from),
        }))
        .filter((lane) => lane.spans.length > 0);
}

/** A step that runs again begins at nothing again: its last run counts. */
function samplesOf(
    events: readonly RunEvent[],
    step: Progress["step"],
    since: (at: number) => number,
): Sample[] {
    const all = events.flatMap((event) =>
        event.kind === "progress" && event.step === step
            ? [{ seconds: since(event.at), rows: event.done }]
            : [],
    );
    const again = all.findLastIndex((sample, place) => place > 0 && sample.rows < all[place - 1]!.rows);
    return again < 0 ? all : all.slice(again);
}

/** Rows per second in equal stretches of the time between the first sample and the last. */
export function ratesOf(samples: readonly Sample[], most = 48): (Span & { rate: number })[] {
    const [first, last] = [samples[0], samples.at(-1)];
    if (!first || !last || last.seconds <= first.seconds) return [];
    const count = Math.min(most, samples.length - 1);
    const width = (last.seconds - first.seconds) / count;
    return Array.from({ length: count }, (_, place) => {
        const from = first.seconds + place * width;
        const to = from + width;
        return { from, to, rate: Math.max(0, (rowsAt(samples, to) - rowsAt(samples, from)) / width) };
    });
}

function rowsAt(samples: readonly Sample[], seconds: number): number {
    const next = samples.findIndex((sample) => sample.seconds >= seconds);
    if (next < 0) return samples.at(-1)!.rows;
    const [before, after] = [samples[next - 1], samples[next]!];
    if (!before || after.seconds === before.seconds) return after.rows;
    const share = (seconds - before.seconds) / (after.seconds - before.seconds);
    return before.rows + share * (after.rows - before.rows);
}
