/** A bar: `value` sets its length, `label` describes it. */
export interface Bar {
    label: string;
    value: number;
    /** A remark behind the value. */
    note?: string;
    /** `own` is this project, `other` a tool it is compared with, `limit` what the server can do. */
    kind: "own" | "other" | "limit";
}

export interface Panel {
    title: string;
    bars: Bar[];
}

const WIDTH = 860;
const LABELS = 290;
const BARS = 360;
const ROW = 26;
const TITLE = 38;

/** Colours for light and dark pages; a page that embeds the chart as an image uses the reader's system setting. */
const style = `
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 }
.own { fill: #0d8a6a } .other { fill: #8c959f } .limit { fill: none; stroke: #8c959f; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .own { fill: #2fbf95 } }`;

/** Draws horizontal bars as SVG, one panel below the other, each with its own scale. */
export function barChart(title: string, panels: readonly Panel[]): string {
    let y = 8;
    const drawn = panels.map((panel) => {
        const text = drawPanel(panel, y);
        y += TITLE + panel.bars.length * ROW;
        return text;
    });
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 8}" width="${WIDTH}" role="img">`,
        `<title>${escaped(title)}</title>`,
        `<style>${style}</style>`,
        ...drawn,
        `</svg>\n`,
    ].join("\n");
}

function drawPanel({ title, bars }: Panel, top: number): string {
    const most = Math.max(...bars.map(({ value }) => value));
    return [
        `<text class="title" x="8" y="${top + 20}">${escaped(title)}</text>`,
        ...bars.map((bar, at) => drawBar(bar, top + TITLE + at * ROW, most)),
    ].join("\n");
}

function drawBar({ label, value, note, kind }: Bar, top: number, most: number): string {
    const length = Math.max(1, Math.round((value / most) * BARS));
    const figure = `${Math.round(value).toLocaleString("en-US")}${note === undefined ? "" : ` (${note})`}`;
    return [
        `<text x="${LABELS}" y="${top + 13}" text-anchor="end">${escaped(label)}</text>`,
        `<rect class="${kind}" x="${LABELS + 10}" y="${top}" width="${length}" height="18" rx="2"/>`,
        `<text x="${LABELS + 18 + length}" y="${top + 13}">${escaped(figure)}</text>`,
    ].join("\n");
}

function escaped(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
