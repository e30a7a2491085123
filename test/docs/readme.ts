import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";

import { fromMarkdown } from "mdast-util-from-markdown";
import ts from "typescript";
import { visit } from "unist-util-visit";

import type { Collection } from "../../provider/inputs/schema/collection";
import { parseCollection } from "../../provider/inputs/parse";
import { root, textOf } from "./pages";

const readme = "README.md";
/** As with the golden files of the plan: review the diff. */
const rewrite = process.env.GOLDEN === "write";

type Code = Extract<ReturnType<typeof fromMarkdown>["children"][number], { type: "code" }>;

/** The code block of README, or of another page, with this name after the language of its fence. */
export function block(name: string, page = readme): string {
    return nodeOf(name, page).value;
}

/** The same; with `GOLDEN=write`, the block is replaced with this text first. */
export function blockOnce(name: string, text: string, page = readme): string {
    const { start, end } = nodeOf(name, page).position!;
    const before = textOf(page);
    const [fence] = before.slice(start.offset).split("\n");
    if (rewrite)
        writeFileSync(
            join(root, page),
            `${before.slice(0, start.offset)}${fence}\n${text}\n\`\`\`${before.slice(end.offset)}`,
        );
    return block(name, page);
}

function nodeOf(name: string, page: string) {
    const found: Pick<Code, "value" | "position">[] = [];
    visit(fromMarkdown(textOf(page)), "code", (node) => {
        if (node.meta === name) found.push(node);
    });
    if (found.length !== 1) throw new Error(`${page} has ${found.length} blocks called ${name}`);
    return found[0]!;
}

/** The first program of README, and the program after its change. */
export const programs = (): { first: string; changed: string } =>
    changedBy(block("first-program"), block("change"));

/** A program, and what a block with the lines of a change makes of it. */
export function changedBy(first: string, change: string): { first: string; changed: string } {
    const { gone, come } = linesOf(change);
    if (!first.includes(gone)) throw new Error(`the program does not hold\n${gone}`);
    return { first, changed: first.replace(gone, () => come) };
}

/** The last of these texts that a change fits: a page may show other things in between. */
export function lastThatFits<T extends { text: string }>(texts: readonly T[], change: string): T {
    const { gone } = linesOf(change);
    const found = texts.findLast(({ text }) => gone !== "" && text.includes(gone));
    if (!found) throw new Error(`no block before holds\n${gone}`);
    return found;
}

/** The lines that a change takes away, and those that it puts in their place; both with those around. */
function linesOf(change: string): { gone: string; come: string } {
    const lines = change.split("\n");
    const side = (mark: string) =>
        lines.filter((line) => line.startsWith(mark) || line.startsWith(" ")).map((line) => line.slice(1));
    return { gone: side("-").join("\n"), come: side("+").join("\n") };
}

/** A program as JavaScript. */
export function javaScript(program: string): string {
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    return ts.transpileModule(program, { compilerOptions }).outputText;
}

/** The arguments that a program passes to its collection. */
export function declared(program: string): Collection {
    let given: Record<string, unknown> | undefined;
    class Recorder {
        collectionName = "docs_3fa9c1d";
        constructor(_name: string, args: Record<string, unknown>) {
            if (args.fields !== undefined) given = args;
        }
    }
    const sdk = { Collection: Recorder, Alias: Recorder };
    runInNewContext(javaScript(program), { require: () => sdk, exports: {} });
    return parseCollection(given!).spec!;
}
