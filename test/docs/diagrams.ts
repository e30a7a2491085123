import { fromMarkdown } from "mdast-util-from-markdown";
import { visit } from "unist-util-visit";

import { textOf } from "./pages";

/** The mermaid diagrams of a page. */
function diagramsOf(page: string): string[] {
    const found: string[] = [];
    visit(fromMarkdown(textOf(page)), "code", ({ lang, value }) => {
        if (lang === "mermaid") found.push(value);
    });
    return found;
}

/** The one diagram of a page that is of this kind, such as `stateDiagram-v2`. */
export function diagramOf(page: string, kind: string): string {
    const [found, ...others] = diagramsOf(page).filter((text) => text.startsWith(kind));
    if (found === undefined || others.length > 0) throw new Error(`${page} has not one ${kind}`);
    return found;
}
