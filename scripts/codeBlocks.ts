import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { fromMarkdown } from "mdast-util-from-markdown";
import { visit } from "unist-util-visit";

const root = join(__dirname, "..");

/** A fenced block of code of a page. */
export interface CodeBlock {
    page: string;
    /** Of its fence, counted from one. */
    line: number;
    language: string;
    /** What follows the language: the name of the block, or the file that it shows. */
    name: string;
    text: string;
    /** Where it stands in the page, from its fence to the other one. */
    start: number;
    end: number;
    /** Columns before its fence, as in a list. */
    indent: number;
}

/** The pages that have code: those of the documentation, and those of examples and templates. */
export const pagesWithCode = (): string[] => [
    ...readdirSync(root).filter((name) => name.endsWith(".md")),
    ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => join("docs", name)),
    ...["examples", "templates"].flatMap((folder) =>
        existsSync(join(root, folder))
            ? readdirSync(join(root, folder))
                  .map((name) => join(folder, name, "README.md"))
                  .filter((page) => existsSync(join(root, page)))
            : [],
    ),
];

export function codeBlocksOf(page: string, text = readFileSync(join(root, page), "utf8")): CodeBlock[] {
    const blocks: CodeBlock[] = [];
    // The parser is slow, and most pages have no code.
    if (!/^\s*(`{3}|~{3})/m.test(text)) return blocks;
    visit(fromMarkdown(text), "code", ({ lang, meta, value, position }) => {
        const { start, end } = position!;
        const indent = start.column - 1;
        const place = { page, line: start.line, start: start.offset!, end: end.offset!, indent };
        blocks.push({ ...place, language: lang ?? "", name: meta ?? "", text: value });
    });
    return blocks;
}

/** The file that a block shows, whole or a region of it: `examples/rag/index.ts#schema`. */
export function sourceOf({ name }: Pick<CodeBlock, "name">): { file: string; region?: string } | undefined {
    const found = /^([\w.-]+\/[\w./-]+)(?:#([\w-]+))?$/.exec(name);
    return found ? { file: found[1]!, region: found[2] } : undefined;
}

const marker = /^\s*(?:\/\/|#) #?(end)?region ([\w-]+)\s*$/;

/**
 * What a block of this file has to say: its lines without the markers of regions, or those of one region, without the
 * indentation that they have in common.
 */
export function sourceText({ file, region }: { file: string; region?: string }): string {
    const lines = readFileSync(join(root, file), "utf8").trimEnd().split("\n");
    const shown = region === undefined ? lines : regionOf(lines, region, file);
    const kept = shown.filter((line) => !marker.test(line));
    const depths = kept.filter((line) => line.trim() !== "").map((line) => /^\s*/.exec(line)![0].length);
    const depth = region === undefined ? 0 : Math.min(...depths);
    return kept.map((line) => line.slice(depth)).join("\n");
}

function regionOf(lines: readonly string[], region: string, file: string): string[] {
    const place = (isEnd: boolean) =>
        lines.findIndex((line) => {
            const found = marker.exec(line);
            return found?.[2] === region && (found[1] !== undefined) === isEnd;
        });
    const [first, last] = [place(false), place(true)];
    if (first < 0 || last < first) throw new Error(`${file} has no region ${region}`);
    return lines.slice(first + 1, last);
}

/** A page whose blocks have the text of the files that they show. */
export function withSources(page: string, text: string): string {
    const shown = codeBlocksOf(page, text).filter((block) => sourceOf(block) !== undefined);
    return shown.reduceRight((before, block) => {
        const [fence = "", ...rest] = before.slice(block.start, block.end).split("\n");
        const lines = sourceText(sourceOf(block)!).split("\n");
        const inner = lines.map((line) => (line === "" ? "" : `${" ".repeat(block.indent)}${line}`));
        const written = [fence, ...inner, rest.at(-1)].join("\n");
        return `${before.slice(0, block.start)}${written}${before.slice(block.end)}`;
    }, text);
}
