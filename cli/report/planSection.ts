import type { Severity } from "../../provider/inputs/report/code";
import type { SavedPlan } from "../../provider/plan/approval/savedPlan";
import type { CollectionPlan } from "../../provider/plan/plan";
import { planJson, type PlanJson } from "../../provider/plan/render/json";
import { renderPlan } from "../../provider/plan/render/text";
import { html, type Html } from "./html";
import { prose } from "./prose";

/** A plan as a report shows it. */
export interface ReportPlan extends PlanJson {
    /** What is done, in a sentence. */
    headline: string;
    /** What `milvus:approvedPlan` takes. */
    hash: string | undefined;
}

export function reportPlan(plan: CollectionPlan, name: string, saved?: SavedPlan): ReportPlan {
    const [first] = renderPlan(plan, { name });
    const headline = first?.slice(name.length + 2) ?? "no changes";
    return { ...planJson(plan, { name }), headline, hash: saved?.hash };
}

/** Whether a stack can approve it: a plan that changes nothing needs no approval. */
export const isApprovable = ({ verdict }: CollectionPlan): boolean =>
    verdict === "update" || verdict === "migrate";

/** A plan in the words of the command: those of the core are about programs. */
export function inWords<P extends PlanJson>(plan: P, words: (text: string) => string): P {
    const findings = plan.findings.map(({ message, fix, ...rest }) => ({
        ...rest,
        message: words(message),
        fix: fix === null ? null : words(fix),
    }));
    return { ...plan, reasons: plan.reasons.map(words), findings };
}

/** The changes, the steps, and the findings with what to write instead. */
export function planSection({ changes, steps, reasons, findings, hash, transform }: ReportPlan): Html {
    return html`<section>
            <h2>Changes</h2>
            ${
                changes.length === 0
                    ? html`<p>None.</p>`
                    : html`<ul class="changes">
                          ${changes.map(({ text }) => change(text))}
                      </ul>`
            }
            ${
                reasons.length > 0 &&
                html`<p class="why"><b>Why a new collection</b></p>
                    <ul class="reasons">
                        ${reasons.map((reason) => html`<li>${prose(reason)}</li>`)}
                    </ul>`
            }
            ${transform && html`<p class="why"><b>Transform:</b> <code>${transform.module}</code> computes ${transform.fields.join(", ")}.</p>`}
        </section>
        ${
            steps.length > 0 &&
            html`<section>
                <h2>Steps</h2>
                <ol class="steps">
                    ${steps.map((step) => html`<li>${step}</li>`)}
                </ol>
            </section>`
        }
        <section>
            <h2>Findings</h2>
            ${
                findings.length === 0
                    ? html`<p>None: nothing is lost, and nothing needs attention.</p>`
                    : html`<ul class="findings">
                          ${findings.map(finding)}
                      </ul>`
            }
        </section>
        ${
            hash !== undefined &&
            html`<section>
                <h2>Approval</h2>
                <p>
                    The hash of this plan, without numbers of rows and times. A stack with
                    <code>milvus:approvedPlan</code> carries out no other plan.
                </p>
                <p><code class="hash">${hash}</code></p>
            </section>`
        }`;
}

const kinds: Readonly<Record<string, string>> = { "+": "added", "-": "removed", "~": "changed" };

function change(text: string): Html {
    const sign = text[0]!;
    const kind = kinds[sign] ?? "changed";
    return html`<li class="${kind}">
        <b aria-label="${kind}">${sign === "-" ? "−" : sign}</b><span>${text.slice(2)}</span>
    </li>`;
}

const severities: Readonly<Record<Severity, string>> = { error: "Error", warning: "Warning", note: "Note" };

function finding({ severity, code, path, message, fix }: PlanJson["findings"][number]): Html {
    return html`<li class="${severity}">
        <p><b class="badge">${severities[severity]}</b> <code>${path}</code> <small>${code}</small></p>
        <p>${prose(message)}</p>
        ${fix !== null && html`<p class="fix"><b>Fix:</b> ${prose(fix)}</p>`}
    </li>`;
}
