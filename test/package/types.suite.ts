import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { compile } from "./compile";
import { completionsAt } from "./completions";
import { install, type Consumer } from "./consumer";
import { NoRegistry } from "./npm";
import { packed } from "./packed";
import { runtimes } from "./runtimes";
import { typed } from "./typed";

const [older, , newest] = runtimes;

for (const { sdk, typescript } of [older!, newest!])
    describe(`the package's types, for TypeScript ${typescript} and @pulumi/pulumi ${sdk}`, function () {
        this.timeout(5 * 60_000);
        let consumer: Consumer;
        before(async function () {
            try {
                consumer = await install({ sdk, typescript });
            } catch (error) {
                if (error instanceof NoRegistry) return this.skip();
                throw error;
            }
            for (const file of ["program.ts", "program.cts", "program.mts"])
                await writeFile(join(consumer.dir, file), typed);
        });
        after(() => consumer?.dispose());

        it("fit a program in either module format, as Node resolves them", async () => {
            const options = { module: "node16", moduleResolution: "node16" };
            expect(await compile(consumer, ["program.cts", "program.mts"], options)).to.deep.equal([]);
        });

        it("fit a program as a bundler resolves them", async () => {
            const options = { module: "esnext", moduleResolution: "bundler" };
            expect(await compile(consumer, ["program.ts"], options)).to.deep.equal([]);
        });

        it("fit a program as Node 10 resolved them", async () => {
            // TypeScript 6 is the last version that accepts it, and only with this option.
            const deprecations = typescript.startsWith("6.") ? { ignoreDeprecations: "6.0" } : {};
            const options = {
                module: "commonjs",
                moduleResolution: "node10",
                esModuleInterop: true,
                ...deprecations,
            };
            expect(await compile(consumer, ["program.ts"], options)).to.deep.equal([]);
        });

        it("let an editor offer the names of indexes, metrics, functions and data types", () => {
            const index = (at: string) =>
                completionsAt(
                    consumer,
                    `import type { IndexArgs } from "pulumi-milvus";\nconst index: IndexArgs = { field: "vector", ${at}: "|" };`,
                );
            expect(index("indexType")).to.include.members(["HNSW", "AUTOINDEX", "DISKANN"]);
            expect(index("metricType")).to.include.members(["COSINE", "BM25", "MAX_SIM_IP"]);
            const program = `import * as milvus from "pulumi-milvus";\nnew milvus.Collection("docs", `;
            expect(
                completionsAt(consumer, `${program}{ fields: [{ name: "id", dataType: "|" }] });`),
            ).to.include.members(["Int64", "FloatVector"]);
            expect(
                completionsAt(consumer, `${program}{ functions: [{ name: "f", type: "|" }] });`),
            ).to.include.members(["BM25", "TextEmbedding"]);
        });

        it("compile in every file of the package", async () => {
            const files = (await packed()).files.filter((file) => file.endsWith(".d.ts"));
            const options = { module: "node16", moduleResolution: "node16" };
            const paths = files.map((file) => `node_modules/pulumi-milvus/${file}`);
            expect(await compile(consumer, paths, options)).to.deep.equal([]);
        });
    });
