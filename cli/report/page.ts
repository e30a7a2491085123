import { bytesText, timeText } from "../../provider/inputs/report/figures";
import type { RunEvent } from "./events";
import { count, elapsed, moment } from "./figures";
import { html, Html } from "./html";
import { prose } from "./prose";
import { planSection, type ReportPlan } from "./planSection";
import { isDifference, logSection, runSection } from "./runSection";
import { type ReportState, stateSection } from "./stateSection";
import { style } from "./style";
import { type Timeline, timelineOf } from "./timeline";

/** What a report tells: a plan, a run of it, or what stands on a server. */
export interface ReportContent {
    /** What it is about: a collection, or a server. */
    title: string;
    /** `plan`, `alter` or `status`. */
    command: string;
    /** Of pulumi-milvus. */
    version: string;
    /** Milliseconds since 1970. */
    madeAt: number;
    /** Names and values for the head of the page: the server, the database. Never a credential. */
    facts: readonly (readonly [name: string, value: string])[];
    plan?: ReportPlan;
    events?: readonly RunEvent[];
    state?: readonly ReportState[];
}

/** A report as one page of HTML, which loads nothing: no script, style, font or picture. */
export function reportPage(report: ReportContent): string {
    const { title, command, version, madeAt, facts, plan, state } = report;
    const timeline = timelineOf(report.events ?? []);
    const [word, mood] = stateOf(report, timeline);
    const page = html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta
                    http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'"
                />
                <meta name="generator" content="pulumi-milvus ${version}" />
                <title>${title}: ${plan?.headline ?? word}</title>
                <style>
                    ${new Html(style)}
                </style>
            </head>
            <body>
                <main>
                    <header>
                        <div class="kicker">
                            <span>pulumi-milvus ${command}</span><span class="state ${mood}">${word}</span>
                        </div>
                        <h1>${title}</h1>
                        ${plan && html`<p class="lead">${capital(plan.headline)}</p>`}
                        <dl class="facts">
                            ${[...facts, ["Written", moment(madeAt)] as const].map(
                                ([name, value]) =>
                                    html`<div>
                                        <dt>${name}</dt>
                                        <dd>${value}</dd>
                                    </div>`,
                            )}
                        </dl>
                        ${tiles(plan, timeline)}
                    </header>
                    ${timeline?.failure !== undefined && !isDifference(timeline.failure) && html`<p class="result bad">${prose(timeline.failure)}</p>`}
                    ${timeline && runSection(timeline)} ${plan && planSection(plan)}
                    ${state && stateSection(state)} ${timeline && logSection(timeline)}
                    <footer>
                        pulumi-milvus ${version}. This page loads nothing: it can be kept and sent as it is.
                    </footer>
                </main>
            </body>
        </html> `;
    return page.text;
}

const capital = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}`;

function stateOf({ plan }: ReportContent, timeline: Timeline | undefined): [word: string, mood: string] {
    if (timeline?.outcome === "failed") return ["stopped", "bad"];
    if (timeline?.outcome === "done") return ["done", "good"];
    if (timeline) return ["under way", ""];
    if (plan?.verdict === "blocked") return ["blocked", "bad"];
    if (plan?.verdict === "none") return ["no changes", "good"];
    return plan ? ["planned, no changes made", ""] : ["as it is now", ""];
}

const tile = (value: string, name: string): Html =>
    html`<div class="tile"><b>${value}</b><span>${name}</span></div>`;

function attention({ findings }: ReportPlan): Html {
    const of = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length;
    const kind = of("error") > 0 ? "error" : "warning";
    return tile(String(of(kind)), of(kind) === 1 ? kind : `${kind}s`);
}

/** The figures that a reader asks for first. */
function tiles(plan: ReportPlan | undefined, timeline: Timeline | undefined): Html | undefined {
    const copied = timeline?.copied.at(-1);
    const since = timeline?.copied[0];
    const seconds = copied && since ? copied.seconds - since.seconds : 0;
    const rows = copied?.rows ?? plan?.rows ?? undefined;
    const all = [
        rows !== undefined && tile(count(rows), copied ? "rows copied" : "rows"),
        plan?.bytes != null && tile(bytesText(plan.bytes), "size of the rows"),
        timeline && tile(elapsed(timeline.seconds), "took"),
        !timeline && plan?.seconds != null && tile(`about ${timeText(plan.seconds)}`, "to migrate"),
        copied !== undefined &&
            seconds > 0 &&
            tile(count((copied.rows - since!.rows) / seconds), "rows per second"),
        plan && attention(plan),
    ].filter((one) => one instanceof Html);
    return all.length === 0 ? undefined : html`<div class="tiles">${all}</div>`;
}
