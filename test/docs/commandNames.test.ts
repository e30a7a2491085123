import { expect } from "chai";

import { documented, everyCommand } from "../../scripts/commandReference";
import { pages, textOf } from "./pages";

/** A command in inline code, or on a line of a block: `npx pulumi-milvus aliases switch docs docs_7529f88`. */
const called = /(?:`(?:npx )?|^npx )pulumi-milvus ([^`\n]*)/gm;

/** Its messages begin with the name of the package. */
const withMessages = "docs/findings.md";

describe("the pages", () => {
    const commands = everyCommand(documented());
    const known = new Set(["help", ...commands.map(({ name }) => name.split(" ")[0]!)]);
    const flags = new Set(
        ["--help", "--version"].concat(
            commands.flatMap(({ command }) => command.options.map(({ long }) => long ?? "")),
        ),
    );

    for (const page of pages.filter((one) => one !== withMessages && linesOf(one).length > 0))
        it(`name only commands and options of pulumi-milvus that exist, in ${page}`, () => {
            const lines = linesOf(page);
            const names = lines.map((line) => line.split(" ")[0]!).filter((name) => /^[a-z]+$/.test(name));
            expect(names.filter((name) => !known.has(name))).to.deep.equal([]);
            const given = lines.flatMap((line) => line.match(/--[a-z][a-z-]*/g) ?? []);
            expect(given.filter((flag) => !flags.has(flag))).to.deep.equal([]);
        });
});

function linesOf(page: string): string[] {
    return [...textOf(page).matchAll(called)].map(([, line]) => line!);
}
