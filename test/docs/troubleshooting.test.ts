import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { expect } from "chai";

import { root, textOf } from "./pages";

const page = textOf("docs/troubleshooting.md");
const findings = textOf("docs/findings.md");
const rows = page.split("\n").filter((line) => /^\| "/.test(line));

describe("the page of troubleshooting", () => {
    it("quotes words of the messages of the codes that it links to", () => {
        const sources = execFileSync("grep", ["-rh", "", "provider", "cli", "sdk", "--include=*.ts"], {
            cwd: join(root),
            encoding: "utf8",
            maxBuffer: 64 * 1024 * 1024,
        });
        const quoted = rows.map((row) => [/"([^"]+)"/.exec(row)![1]!, row] as const);
        expect(quoted).to.have.length.greaterThan(10);
        const ours = quoted.filter(([, row]) => row.includes("findings.md#mv"));
        expect(ours.filter(([words]) => !sources.includes(words)).map(([words]) => words)).to.deep.equal([]);
    });

    it("links to codes that exist, each by its own anchor", () => {
        const links = [...page.matchAll(/\[(MV\d{3})\]\(findings\.md#(mv\d{3})\)/g)];
        expect(links).to.have.length.greaterThan(10);
        for (const [, code, anchor] of links) {
            expect(anchor).to.equal(code!.toLowerCase());
            expect(findings).to.include(`\n### ${code}\n`);
        }
    });
});
