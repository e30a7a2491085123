import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";

import { goProgram, pythonProgram, typescriptProgram, yamlProgram, type Declared } from "./programs";
import { checkout, type LanguageProject } from "./project";
import { nodeSdk } from "./nodeSdk";
import { pythonEnvironment } from "./pythonSdk";
import { version } from "../version";

/** A language of programs: what the machine needs, how a project gets the SDK, and how a program looks. */
export interface Language {
    name: string;
    /** Commands on the PATH. */
    needs: string[];
    /** The `runtime` of Pulumi.yaml. */
    runtime: () => Promise<string>;
    install: (project: LanguageProject) => Promise<void>;
    write: (project: LanguageProject, declared: Declared) => Promise<void>;
}

/** Pulumi.yaml of a YAML project is the program. */
const yaml: Language = {
    name: "YAML",
    needs: ["pulumi-language-yaml"],
    runtime: () => Promise.resolve("yaml"),
    install: () => Promise.resolve(),
    write: (project, declared) => project.write("Pulumi.yaml", yamlProgram(declared)),
};

const typescript: Language = {
    name: "TypeScript",
    needs: ["pulumi-language-nodejs"],
    runtime: () => Promise.resolve("nodejs"),
    install: async (project) => {
        await project.write("package.json", JSON.stringify({ name: "program", private: true }));
        for (const name of ["@pulumi/pulumi", "typescript", "@types/node"])
            await project.link(name, join(checkout, "node_modules", name));
        await project.link("@pulumi-milvus/milvus", await nodeSdk());
    },
    write: (project, declared) => project.write("index.ts", typescriptProgram(declared)),
};

const python: Language = {
    name: "Python",
    needs: ["pulumi-language-python"],
    runtime: async () => `{ name: python, options: { virtualenv: ${await pythonEnvironment()} } }`,
    install: () => Promise.resolve(),
    write: (project, declared) => project.write("__main__.py", pythonProgram(declared)),
};

const go: Language = {
    name: "Go",
    needs: ["pulumi-language-go", "go"],
    // Pulumi would build it again for each command.
    runtime: () => Promise.resolve("{ name: go, options: { binary: ./built } }"),
    install: async (project) => {
        const sdk = join(checkout, "sdks/go/milvus");
        const text = await readFile(join(sdk, "go.mod"), "utf8");
        const own = text
            .replace(/^module .*/, "module program")
            .concat(
                `\nrequire github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus v${version}\n`,
                `replace github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus => ${sdk}\n`,
            );
        await project.write("go.mod", own);
        await cp(join(sdk, "go.sum"), join(project.dir, "go.sum"));
    },
    write: (project, declared) => buildGo(project, goProgram(declared)),
};

/** Writes the program of a Go project and compiles it. */
export async function buildGo(project: LanguageProject, program: string): Promise<void> {
    await project.write("main.go", program);
    const { ok, text } = await project.run("go", ["build", "-o", "built", "."]);
    if (!ok) throw new Error(text);
}

export const languages: readonly Language[] = [yaml, typescript, python, go];
export { go, python, typescript, yaml };
