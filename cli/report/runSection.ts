import type { Phase } from "./events";
import { clock, elapsed } from "./figures";
import { html, type Html } from "./html";
import { prose } from "./prose";
import { rowsPlot } from "./rowsPlot";
import type { Lane, Span, Timeline } from "./timeline";

const words: Readonly<Record<Phase, string>> = {
    prepare: "prepare",
    copy: "copy rows",
    index: "build indexes",
    load: "load",
    verify: "compare rows",
    cutover: "cut over",
    drop: "drop the old collection",
};

/** What happened: the verification's result, phases on a timeline, and rows over time. */
export function runSection(timeline: Timeline): Html {
    return html`<section>
            <h2>Verification</h2>
            ${verification(timeline)}
        </section>
        ${
            timeline.lanes.length > 0 &&
            html`<section>
                <h2>Phases</h2>
                ${lanes(timeline)}
            </section>`
        }
        ${
            timeline.copied.length + timeline.compared.length > 2 &&
            html`<section>
                <h2>Rows over time</h2>
                ${rowsPlot(timeline)}
            </section>`
        }`;
}

/** Each line of the run, with its time. */
export function logSection({ said }: Timeline): Html | undefined {
    if (said.length === 0) return undefined;
    const line = ({ seconds, text, isWarning }: Timeline["said"][number]) =>
        html`<li class="${isWarning ? "warning" : "line"}">
            <time>${clock(seconds)}</time><span>${isWarning && html`<b>warning: </b>`}${prose(text)}</span>
        </li>`;
    return html`<section class="log">
        <h2>Log</h2>
        <ol>
            ${said.map(line)}
        </ol>
    </section>`;
}

/** The rows of the copy are not those of the source: the section of the verification says so. */
export const isDifference = (failure: string): boolean => failure.endsWith("[MV308]");

function verification({ verified, outcome, failure }: Timeline): Html {
    if (failure !== undefined && isDifference(failure))
        return html`<p class="result bad"><b>The copy differs.</b> ${prose(failure)}</p>`;
    const [last] = verified.slice(-1);
    if (last !== undefined) return html`<p class="result good"><b>Equal.</b> ${prose(sentence(last))}</p>`;
    return html`<p class="result">
        ${outcome === "failed" ? "The run stopped before rows were compared." : "No rows were compared: none were copied."}
    </p>`;
}

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

function lanes({ lanes: all, seconds }: Timeline): Html {
    const share = (part: number) => `${((100 * part) / (seconds || 1)).toFixed(2)}%`;
    const bar = ({ from, to }: Span, lane: Lane) =>
        html`<i
            class="${lane.phase}"
            style="left:${share(from)};width:${share(to - from)}"
            title="${elapsed(from)} to ${elapsed(to)}"
        ></i>`;
    return html`<div class="lanes">
        ${all.map((lane) => {
            const took = lane.spans.reduce((sum, { from, to }) => sum + to - from, 0);
            return html`<div class="lane">
                <span>${words[lane.phase]}</span
                ><span class="track">${lane.spans.map((span) => bar(span, lane))}</span
                ><span class="took">${elapsed(took)}</span>
            </div>`;
        })}
        <div class="lane scale">
            <span></span><span class="track"><small>0 s</small><small>${elapsed(seconds)}</small></span
            ><span></span>
        </div>
    </div>`;
}
