import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";

import { fromMarkdown } from "mdast-util-from-markdown";
import ts from "typescript";
import { visit } from "unist-util-visit";

import type { Collection } from "../../provider/inputs/schema/collection";
import { parseCollection } from "../../provider/inputs/parse";
import { root, textOf } from "./pages";

const file = "README.md";
/** As with the golden files of the plan: review the diff. */
const rewrite = process.env.GOLDEN === "write";

type Code = Extract<ReturnType<typeof fromMarkdown>["children"][number], { type: "code" }>;

/** The code block of README with this name after the language of its fence. */
export function block(name: string): string {
    return nodeOf(name).value;
}

/** The same; with `GOLDEN=write`, the block is replaced with this text first. */
export function blockOnce(name: string, text: string): string {
    const { start, end } = nodeOf(name).position!;
    const readme = textOf(file);
    const [fence] = readme.slice(start.offset).split("\n");
    if (rewrite)
        writeFileSync(
            join(root, file),
            `${readme.slice(0, start.offset)}${fence}\n${text}\n\`\`\`${readme.slice(end.offset)}`,
        );
    return block(name);
}

function nodeOf(name: string) {
    const found: Pick<Code, "value" | "position">[] = [];
    visit(fromMarkdown(textOf(file)), "code", (node) => {
        if (node.meta === name) found.push(node);
    });
    if (found.length !== 1) throw new Error(`README has ${found.length} blocks called ${name}`);
    return found[0]!;
}

/** The first program of README, and the program after its change. */
export function programs(): { first: string; changed: string } {
    const first = block("first-program");
    const lines = block("change").split("\n");
    const side = (mark: string) =>
        lines.filter((line) => line.startsWith(mark) || line.startsWith(" ")).map((line) => line.slice(1));
    const [gone, come] = [side("-").join("\n"), side("+").join("\n")];
    if (!first.includes(gone)) throw new Error(`README's program does not hold\n${gone}`);
    return { first, changed: first.replace(gone, come) };
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
