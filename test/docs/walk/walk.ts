import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { expect } from "chai";

import { type CodeBlock, codeBlocksOf, pagesWithCode, sourceOf } from "../../../scripts/codeBlocks";
import { root, textOf } from "../pages";
import { changedBy, lastThatFits } from "../readme";
import type { Folder } from "./folder";
import { shownOutput } from "./shown";

/** As with the golden files of the plan: review the diff. */
const rewrite = process.env.GOLDEN === "write";

const isRun = ({ language, name }: CodeBlock) => language === "sh" && /^run\b/.test(name);
export const isOutput = ({ language, name }: CodeBlock): boolean => language === "text" && name === "output";

/** The pages whose `sh run` blocks are run, one after the other. */
export const walkedPages = (): string[] => pagesWithCode().filter((page) => codeBlocksOf(page).some(isRun));

/**
 * Follows a page in a folder, or in a copy of the folder of an example that a comment names: a block that shows a whole file of an example writes it, a `diff` block changes one of them, a
 * `sh run` block is run (`sh run fails`: and has to fail), and a `text output` block is what the run before has printed.
 */
export async function walk(page: string, folder: Folder): Promise<void> {
    const shown = shownOutput();
    for (const [, example] of textOf(page).matchAll(/^<!-- in a copy of (examples\/[\w-]+) -->$/gm))
        await folder.copy(example!);
    const files: { name: string; text: string }[] = [];
    const write = async (file: { name: string; text: string }) => {
        files.push(file);
        await folder.write(file.name, file.text);
    };
    let output = "";
    const outputs: string[] = [];
    for (const block of codeBlocksOf(page)) {
        const source = sourceOf(block);
        if (source && source.region === undefined) {
            await write({ name: basename(source.file), text: `${block.text}\n` });
        } else if (block.language === "diff") {
            const { name, text } = lastThatFits(files, block.text);
            await write({ name, text: changedBy(text, block.text).changed });
        } else if (isRun(block)) {
            const ran = await folder.run(block.text);
            expect(ran.ok, `${page}:${block.line}\n${ran.text}`).to.equal(block.name !== "run fails");
            output = shown(ran.text);
        } else if (isOutput(block)) {
            outputs.push(output);
            if (!rewrite) expect(block.text, `${page}:${block.line}`).to.equal(output);
        }
    }
    if (rewrite) rewriteOutputs(page, outputs);
}

function rewriteOutputs(page: string, outputs: readonly string[]): void {
    const path = join(root, page);
    const text = readFileSync(path, "utf8");
    const places = codeBlocksOf(page, text).filter(isOutput);
    const written = places.reduceRight((before, { start, end }, at) => {
        const [fence] = before.slice(start).split("\n");
        return `${before.slice(0, start)}${fence}\n${outputs[at]!}\n\`\`\`${before.slice(end)}`;
    }, text);
    writeFileSync(path, written);
}
