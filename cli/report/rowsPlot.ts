import { count, elapsed, short, ticks, timeTicks } from "./figures";
import { html, type Html } from "./html";
import { ratesOf, type Sample, type Timeline } from "./timeline";

interface Frame {
    width: number;
    /** Of the time. */
    x: (seconds: number) => number;
    left: number;
    right: number;
    times: number[];
}

const [rowsTop, rowsBottom, rateTop, rateBottom, height] = [26, 196, 232, 302, 326];

/**
 * Rows over time, and below it rows per second: one drawing for a wide page and one for a narrow, of which the page shows one.
 * Empty where no rows were counted.
 */
export function rowsPlot(timeline: Timeline): Html {
    if (Math.max(timeline.copied.length, timeline.compared.length) < 2) return html``;
    return html`<figure class="plot">
        ${drawing(timeline, 760, "wide")}${drawing(timeline, 360, "narrow")}
        <figcaption>
            ${timeline.copied.length > 1 && html`<span class="key copied">rows copied</span>`}
            ${timeline.compared.length > 1 && html`<span class="key compared">rows compared</span>`}
        </figcaption>
    </figure>`;
}

function drawing(timeline: Timeline, width: number, kind: "wide" | "narrow"): Html {
    const { copied, compared, seconds } = timeline;
    const [left, right] = [52, width - 12];
    const x = (at: number) => left + (seconds > 0 ? at / seconds : 0) * (right - left);
    const times = timeTicks(seconds, kind === "wide" ? 8 : 4);
    const frame = { width, x, left, right, times };
    const most = Math.max(...[...copied, ...compared].map(({ rows }) => rows));
    const rates = [...ratesOf(copied), ...ratesOf(compared)];
    const fastest = Math.max(...rates.map(({ rate }) => rate));
    return html`<svg
        class="${kind}"
        viewBox="0 0 ${width} ${height}"
        role="img"
        aria-label="${spoken(timeline)}"
    >
        ${panel(frame, "rows", most, rowsTop, rowsBottom, (y) => [line(copied, "copied", frame, y), line(compared, "compared", frame, y)])}
        ${panel(frame, "rows per second", fastest, rateTop, rateBottom, (y) => [
            bars(copied, "copied", frame, y),
            bars(compared, "compared", frame, y),
        ])}
        ${times.map((at) => html`<text class="tick" x="${place(x(at))}" y="${height - 6}" text-anchor="${at === 0 ? "start" : "middle"}">${elapsed(at)}</text>`)}
    </svg>`;
}

function spoken({ copied, compared, seconds }: Timeline): string {
    const part = (samples: readonly Sample[], what: string) =>
        samples.length > 1 ? [`${count(samples.at(-1)!.rows)} rows ${what}`] : [];
    return `${[...part(copied, "copied"), ...part(compared, "compared")].join(", ")} in ${elapsed(seconds)}`;
}

function panel(
    { left, right, times, x }: Frame,
    title: string,
    most: number,
    top: number,
    bottom: number,
    draw: (y: (value: number) => number) => Html[],
): Html {
    const marks = ticks(most, bottom - top > 100 ? 5 : 2);
    const y = (value: number) => bottom - (value / marks.at(-1)!) * (bottom - top);
    return html`<text class="title" x="4" y="${top - 10}">${title}</text>
        ${times.map((at) => html`<line class="grid" x1="${place(x(at))}" x2="${place(x(at))}" y1="${top}" y2="${bottom}" />`)}
        ${marks.map(
            (mark) =>
                html`<line
                        class="${mark === 0 ? "axis" : "grid"}"
                        x1="${left}"
                        x2="${right}"
                        y1="${place(y(mark))}"
                        y2="${place(y(mark))}"
                    />
                    <text class="tick" x="${left - 6}" y="${place(y(mark) + 4)}" text-anchor="end"
                        >${short(mark)}</text
                    >`,
        )}
        ${draw(y)}`;
}

function line(samples: readonly Sample[], kind: string, { x }: Frame, y: (rows: number) => number): Html {
    const [first, last] = [samples[0], samples.at(-1)];
    if (!first || !last || samples.length < 2) return html``;
    const points = samples.map(({ seconds, rows }) => `${place(x(seconds))},${place(y(rows))}`).join(" ");
    const ground = `${place(x(first.seconds))},${place(y(0))} ${points} ${place(x(last.seconds))},${place(y(0))}`;
    return html`<polygon class="area ${kind}" points="${ground}" />
        <polyline class="curve ${kind}" points="${points}"
            ><title>${count(last.rows)} rows ${kind}</title></polyline
        >`;
}

function bars(samples: readonly Sample[], kind: string, { x }: Frame, y: (rate: number) => number): Html {
    return html`${ratesOf(samples).map(({ from, to, rate }) => {
        const [start, end, top] = [x(from), x(to), y(rate)];
        return html`<rect
            class="bar ${kind}"
            x="${place(start)}"
            y="${place(top)}"
            width="${place(Math.max(0.5, end - start - 1))}"
            height="${place(rateBottom - top)}"
            ><title>${count(rate)} rows/s at ${elapsed(from)}</title></rect
        >`;
    })}`;
}

const place = (at: number): string => at.toFixed(1);
