import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { format } from "prettier";

import { commandReference, documented, everyCommand } from "../../scripts/commandReference";
import { jsonLineSchema } from "../../scripts/jsonLineSchema";
import { manPage } from "../../scripts/manPage";
import { root } from "./pages";

const written = (file: string) => readFileSync(join(root, file), "utf8");

describe("the pages of the command", () => {
    it("are up to date: otherwise run `npm run docs`", async () => {
        const page = await format(commandReference(), { parser: "markdown" });
        expect(written("docs/reference/command.md")).to.equal(page);
        expect(written("man/pulumi-milvus.1")).to.equal(manPage());
        expect(written("docs/reference/command.schema.json")).to.equal(jsonLineSchema());
    });

    it("show an example and a meaning of everything", () => {
        for (const { name, command } of everyCommand(documented())) {
            expect(command.text.examples.length, name).to.be.greaterThan(0);
            for (const [line] of command.text.examples)
                expect(line, name).to.match(new RegExp(`^${name}\\b|^schema`));
            for (const { description, flags } of command.options) expect(description, flags).to.not.equal("");
        }
    });

    it("have a manual page that man reads without a complaint", function () {
        const file = join(root, "man/pulumi-milvus.1");
        let complaints: string;
        try {
            complaints = execFileSync("sh", ["-c", `groff -man -Tutf8 -ww "${file}" 2>&1 >/dev/null`], {
                encoding: "utf8",
            });
        } catch {
            return this.skip();
        }
        expect(complaints).to.equal("");
    });
});
