import { statSync } from "node:fs";
import { join, posix } from "node:path";

import type { MarkdownEnv, MarkdownOptions } from "vitepress";

import { addressOf, pages, repository, root, titleOf } from "./pages";

type Markdown = Parameters<NonNullable<MarkdownOptions["config"]>>[0];

const fileOf = new Map([...pages].map(([file, page]) => [page, file]));

/** Links and images are written for the repository. A file that is no page of the site, such as `alter.schema.json`, is one of GitHub. */
export function linksOfTheSite(markdown: Markdown): void {
    markdown.core.ruler.push("links-of-the-site", ({ tokens, env }) => {
        const { relativePath } = env as MarkdownEnv;
        for (const { children } of tokens)
            for (const [at, token] of (children ?? []).entries()) {
                const name = token.type === "image" ? "src" : "href";
                const target = token.attrGet(name);
                if (target === null) continue;
                token.attrSet(name, targetOf(target, relativePath, name === "src"));
                // The index names files, of which a reader of the site sees none.
                const text = children![at + 1]!;
                const file = fileIn(target, relativePath);
                if (relativePath === "index.md" && text.content === target && pages.has(file))
                    text.content = titleOf(file);
            }
    });
}

/** The file of the repository that a page of the site names. */
const fileIn = (target: string, page: string): string =>
    posix.join(posix.dirname(fileOf.get(page)!), target.split("#")[0]!);

function targetOf(target: string, page: string, isImage: boolean): string {
    if (/^([a-z]+:|#|\/)/.test(target)) return target;
    const [, anchor] = target.split("#");
    const file = fileIn(target, page);
    const linked = pages.get(file);
    const end = anchor === undefined ? "" : `#${anchor}`;
    if (linked !== undefined) return addressOf(linked) + end;
    if (isImage) return file.replace(/^docs/, "");
    const there = statSync(join(root, file), { throwIfNoEntry: false });
    // The build ends at a link to nothing.
    if (!there) return target;
    return `${repository}/${there.isDirectory() ? "tree" : "blob"}/main/${file}${end}`;
}

/** A fence of mermaid is drawn in the browser: see theme/Mermaid.vue. */
export function mermaidFences(markdown: Markdown): void {
    const fence = markdown.renderer.rules.fence!;
    markdown.renderer.rules.fence = (tokens, at, ...rest) => {
        const { info, content } = tokens[at]!;
        if (info.trim() !== "mermaid") return fence(tokens, at, ...rest);
        const title =
            tokens[tokens.slice(0, at).findLastIndex(({ type }) => type === "heading_open") + 1]?.content ??
            "";
        return `<Mermaid code="${encodeURIComponent(content)}" title="Diagram: ${markdown.utils.escapeHtml(title)}" />`;
    };
}

/** What follows the language of a fence, ` ```ts examples/rag/index.ts#schema `, is for the tests and for `npm run docs`. */
export function languageOfFences(markdown: Markdown): void {
    markdown.core.ruler.push("language-of-fences", ({ tokens }) => {
        for (const token of tokens)
            if (token.type === "fence") token.info = token.info.trim().split(/\s+/)[0] ?? "";
    });
}
