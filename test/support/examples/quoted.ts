import { join } from "node:path";

import { expect } from "chai";

import { codeBlocksOf } from "../../../scripts/codeBlocks";

/** The page quotes this output: each line of its block `text NAME` stands in a line of it, but for names, numbers and times. */
export function expectQuoted(page: string, name: string, output: string): void {
    const blocks = codeBlocksOf(join("docs", page));
    const quoted = blocks.filter((block) => block.language === "text" && block.name === name);
    expect(quoted, `blocks \`text ${name}\` in ${page}`).to.have.length(1);
    const said = general(output).split("\n");
    for (const line of general(quoted[0]!.text).split("\n"))
        expect(
            said.some((one) => one.includes(line)),
            `${line}\n\n${output}`,
        ).to.equal(true);
}

const general = (text: string): string =>
    text
        .replace(/_[0-9a-f]{7}\b/g, "_GENERATION")
        .replace(/[\w.-]+:\d{4,5}\b/g, "SERVER")
        .replace(/\d[\d,.]*( kB| MB)?/g, "N")
        .replace(/ +/g, " ");
