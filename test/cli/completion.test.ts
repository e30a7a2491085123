import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { runCommand } from "../support/cli/testIo";
import { useTemporaryFolder } from "../support/temporaryFolder";

const scriptOf = async (shell: string) => (await runCommand(["completion", shell])).out;

/** The words that bash offers for the last one. */
async function offered(folder: string, ...words: string[]): Promise<string[]> {
    const line = ["pulumi-milvus", ...words].map((word) => `'${word}'`).join(" ");
    const script = [
        await scriptOf("bash"),
        `COMP_WORDS=(${line}); COMP_CWORD=${words.length}`,
        '_pulumi_milvus; printf "%s\\n" "${COMPREPLY[@]}"',
    ].join("\n");
    const out = execFileSync("bash", ["-c", script], { encoding: "utf8", cwd: folder });
    return out.split("\n").filter((word) => word !== "");
}

/** Whether a shell is on this machine. */
function has(shell: string): boolean {
    try {
        execFileSync(shell, ["-c", "true"]);
        return true;
    } catch {
        return false;
    }
}

describe("the completion of a shell", () => {
    const temporary = useTemporaryFolder();

    it("completes commands, options and values in bash", async () => {
        expect(await offered(temporary(), "st")).to.deep.equal(["status"]);
        expect(await offered(temporary(), "aliases", "")).to.deep.equal([
            "list",
            "describe",
            "create",
            "switch",
            "drop",
        ]);
        expect(await offered(temporary(), "status", "--wa")).to.deep.equal(["--watch"]);
        expect(await offered(temporary(), "--json", "status", "--addr")).to.deep.equal(["--address"]);
        expect(await offered(temporary(), "completion", "")).to.deep.equal(["bash", "zsh", "fish"]);
        expect(await offered(temporary(), "status", "--address", "")).to.deep.equal([]);
    });

    it("completes files where an option takes one", async () => {
        writeFileSync(join(temporary(), "token.txt"), "");
        expect(await offered(temporary(), "doctor", "--token-file", "to")).to.deep.equal(["token.txt"]);
    });

    for (const shell of ["bash", "zsh", "fish"])
        it(`is a script that ${shell} reads`, async function () {
            if (!has(shell)) return this.skip();
            const file = join(temporary(), "script");
            writeFileSync(file, await scriptOf(shell));
            execFileSync(shell, ["-n", file]);
        });

    it("offers the same in zsh", async function () {
        if (!has("zsh")) return this.skip();
        const file = join(temporary(), "_pulumi-milvus");
        writeFileSync(file, await scriptOf("zsh"));
        const out = execFileSync(
            "zsh",
            [
                "-f",
                "-c",
                `autoload -Uz compinit; compinit -u -D; source ${file}; whence -w _pulumi-milvus-aliases-list`,
            ],
            { encoding: "utf8" },
        );
        expect(out).to.include("_pulumi-milvus-aliases-list: function");
    });

    it("offers the same in fish", async function () {
        if (!has("fish")) return this.skip();
        const file = join(temporary(), "script.fish");
        writeFileSync(file, await scriptOf("fish"));
        const ask = (line: string) =>
            execFileSync("fish", ["--no-config", "-c", `source ${file}; complete -C '${line}'`], {
                encoding: "utf8",
            })
                .split("\n")
                .map((one) => one.split("\t")[0]!)
                .filter((one) => one !== "");
        expect(ask("pulumi-milvus st")).to.deep.equal(["status"]);
        expect(ask("pulumi-milvus aliases ")).to.have.members([
            "list",
            "describe",
            "create",
            "switch",
            "drop",
        ]);
        expect(ask("pulumi-milvus status --wa")).to.deep.equal(["--watch"]);
    });
});
