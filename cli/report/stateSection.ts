import { count } from "./figures";
import { html, type Html } from "./html";
import { prose } from "./prose";

/** One thing that stands on a server: a migration under way, a retained collection, a copy that was left behind. */
export interface ReportState {
    title: string;
    facts: readonly (readonly [name: string, value: string])[];
    /** Rows copied, of all. */
    progress?: { done: number; total: number };
    /** What somebody should do. */
    attention?: string;
}

export function stateSection(states: readonly ReportState[]): Html {
    return html`<section>
        <h2>On the server</h2>
        ${states.length === 0 ? html`<p>Nothing is under way, and nothing was left behind.</p>` : states.map(card)}
    </section>`;
}

function card({ title, facts, progress, attention }: ReportState): Html {
    return html`<div class="card">
        <h3>${title}</h3>
        ${progress && bar(progress)}
        <dl class="facts">
            ${facts.map(
                ([name, value]) =>
                    html`<div>
                        <dt>${name}</dt>
                        <dd>${value}</dd>
                    </div>`,
            )}
        </dl>
        ${attention !== undefined && html`<p class="fix"><b>Next:</b> ${prose(attention)}</p>`}
    </div>`;
}

function bar({ done, total }: NonNullable<ReportState["progress"]>): Html {
    const all = Math.max(done, total, 1);
    return html`<progress max="${all}" value="${done}"></progress>
        <p>${count(done)} of ${count(all)} rows, ${Math.floor((100 * done) / all)} %</p>`;
}
