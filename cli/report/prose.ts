import { html, type Html } from "./html";

/** A text of ours, in which code stands between backticks. */
export const prose = (text: string): Html =>
    html`${text.split(/(`[^`]+`)/).map((part) => (/^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part))}`;
