import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { eachFolder } from "../docs/walk/eachFolder";
import { onServers } from "../support/servers/onServers";
import { githubScripts, gitlabScripts, type Script } from "./pipelines";

const line = '        { name: "page_num", dataType: "Int32" },';

/** The jobs of each pipeline as the scripts that are run: without those that install what a test has. */
const pipelines: Readonly<Record<string, readonly Script[]>> = {
    "GitHub Actions": githubScripts(),
    GitLab: gitlabScripts().map((script) => ({
        ...script,
        step: script.step === "after_script" ? "comment" : script.step,
    })),
};

onServers("the pipelines of examples/ci", { servers: ["milvus-lite-3.2.2"], fast: [] }, (server) => {
    const opened = eachFolder(server);

    for (const [name, scripts] of Object.entries(pipelines))
        it(`${name} comments, stops at a blocked plan, and carries out an approved one alone`, async function () {
            this.timeout(30 * 60_000);
            const { folder } = opened();
            const of = (job: string, comment: boolean) =>
                scripts.filter((one) => one.job === job && (one.step === "comment") === comment);
            const run = async (all: readonly Script[]) => {
                for (const { text } of all) {
                    const ran = await folder.run(text);
                    if (!ran.ok) return ran;
                }
                return { ok: true, text: "" };
            };
            // What a comment is sent with leaves it in the folder.
            const preview = async () => {
                const ran = await run(of("preview", false));
                await folder.run(`gh() { :; }; curl() { :; }\n${of("preview", true)[0]!.text}`);
                return { ...ran, comment: (await folder.run("cat comment.md")).text };
            };

            await folder.copy("examples/getting-started");
            await folder.copy("examples/ci");
            const made = await folder.run(
                "pulumi stack init prod\npulumi config set milvus:address localhost:19530\npulumi up\npython3 insert.py",
            );
            expect(made.ok, made.text).to.equal(true);
            const program = await readFile(join(folder.dir, "index.ts"), "utf8");
            const declare = (field: string) =>
                folder.write("index.ts", program.replace(line, `${line}\n        ${field},`));

            // A vector without a value for existing rows.
            await declare('{ name: "image", dataType: "FloatVector", dim: 4 }');
            const blocked = await preview();
            expect(blocked.ok).to.equal(false);
            expect(blocked.comment).to.include("### pulumi preview").and.include("MV103");

            await declare('{ name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" }');
            const fine = await preview();
            expect(fine.ok, fine.text).to.equal(true);
            const [, hash] =
                /docs: plan (sha256:\w+)/.exec(fine.comment) ?? /plan (sha256:\w+)/.exec(fine.comment)!;

            // Nobody has approved it.
            await folder.run(
                "pulumi config set milvus:approvedPlan none\npulumi config rm milvus:planFormat",
            );
            const refused = await run(of("up", false));
            expect(refused.ok).to.equal(false);
            expect(refused.text).to.include("MV560");
            await folder.run(`pulumi config set milvus:approvedPlan ${hash!}`);
            const up = await run(of("up", false));
            expect(up.ok, up.text).to.equal(true);
            expect((await folder.run("python3 show.py docs")).text)
                .to.include("1,000 rows")
                .and.include("'lang': 'en'");
        });
});
