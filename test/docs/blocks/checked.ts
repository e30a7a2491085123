import { dirname, extname } from "node:path";

import { type CodeBlock, codeBlocksOf, pagesWithCode, sourceOf } from "../../../scripts/codeBlocks";
import { changedBy, lastThatFits } from "../readme";

/** A text that a page shows, or that the change in a `diff` block makes of the block before. */
export interface Checked {
    /** The page and the line of the fence. */
    place: string;
    block: CodeBlock;
    language: string;
    text: string;
    /** The folder that its imports are relative to; undefined where it shows a part of a program. */
    folder: string | undefined;
}

export const blocks: readonly CodeBlock[] = pagesWithCode().flatMap((page) => codeBlocksOf(page));

const languages: Readonly<Record<string, string>> = {
    typescript: "ts",
    javascript: "js",
    bash: "sh",
    yml: "yaml",
};
const languageOf = (word: string) => languages[word] ?? word;

/** Each text of these blocks. A block that shows a file is as the file is: the tests of the examples run it. */
export function checked(all: readonly CodeBlock[] = blocks): Checked[] {
    const before: Checked[] = [];
    return all.flatMap((block) => {
        const place = `${block.page}:${block.line}`;
        const source = sourceOf(block);
        if (block.language === "diff") {
            const own = before.filter((one) => one.block.page === block.page);
            const { text, ...of } = lastThatFits(own, block.text);
            before.push({ ...of, place, block, text: changedBy(text, block.text).changed });
        } else {
            const isPart = source?.region !== undefined;
            const folder = isPart ? undefined : source ? dirname(source.file) : "test/docs/blocks";
            before.push({ place, block, language: languageOf(block.language), text: block.text, folder });
        }
        return source ? [] : [before.at(-1)!];
    });
}

/** A name for a file of this text beside those that it imports. */
export const fileName = ({ block: { page, line } }: Checked): string =>
    `${page.replace(extname(page), "").replace(/\W/g, "_")}_${line}.ts`;
