import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { aliasTarget, expectMigrated, insertDocuments } from "../support/examples/documents";
import { onExamples } from "../support/examples/onExamples";
import { buildGo, type Language, languages } from "../support/languages/languages";
import type { LanguageProject } from "../support/languages/project";
import { LanguageUnavailable } from "../support/languages/pythonSdk";

interface Files {
    program: string;
    changed: string;
    /** What the machine needs beside the SDK. */
    prepare?: (project: LanguageProject, language: Language) => Promise<void>;
}

/** The SDK is in an environment of its own, which Pulumi would make in the folder. */
const nameRuntime = async ({ dir }: LanguageProject, { runtime }: Language): Promise<void> => {
    const file = join(dir, "Pulumi.yaml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/^runtime: .*/m, `runtime: ${await runtime()}`));
};

const files: Record<string, Files> = {
    YAML: { program: "Pulumi.yaml", changed: "changed.yaml" },
    TypeScript: { program: "index.ts", changed: "changed.ts" },
    Python: { program: "__main__.py", changed: "changed.py", prepare: nameRuntime },
    Go: { program: "main.go", changed: "changed/main.go", prepare: nameRuntime },
};

for (const language of languages) {
    const { program, changed, prepare } = files[language.name]!;
    onExamples(`the example in ${language.name}`, { needs: language.needs }, (open) => {
        it("deploys, migrates rows with its changed program, and is destroyed", async function () {
            // Go compiles all of Pulumi's SDK the first time.
            this.timeout(40 * 60_000);
            const compile = async ({ dir }: LanguageProject) => {
                if (language.name === "Go")
                    await buildGo(example.project, await readFile(join(dir, program), "utf8"));
            };
            let example: Awaited<ReturnType<typeof open>>;
            try {
                example = await open(language.name.toLowerCase(), {
                    install: async (project) => {
                        // An SDK of the checkout takes the place of the published one that the example names.
                        const own = language.name === "TypeScript" ? ["package.json"] : [];
                        const kept = await Promise.all(own.map((file) => readFile(join(project.dir, file))));
                        await language.install(project);
                        for (const [at, file] of own.entries())
                            await writeFile(join(project.dir, file), kept[at]!);
                        await prepare?.(project, language);
                    },
                });
            } catch (error) {
                if (!(error instanceof LanguageUnavailable)) throw error;
                console.log(error.message);
                return this.skip();
            }
            const { client, project } = example;
            await compile(project);
            await example.up();
            const rows = await insertDocuments(client, "docs");
            const old = await example.output<string>("collection");

            await cp(join(project.dir, changed), join(project.dir, program));
            if (program === "Pulumi.yaml")
                expect(await example.pulumi("config")).to.include("milvus:address");
            await compile(project);
            await example.up();
            await expectMigrated(client, "docs", rows);
            const collection = await example.output<string>("collection");
            expect(collection).to.not.equal(old);
            expect(await aliasTarget(client, "docs")).to.equal(collection);
            await example.expectNoChanges();
            await example.destroy();
            expect(await example.collections("docs")).to.deep.equal([]);
        });
    });
}
